-- owner: record
-- A CVE number that a hidden case holds may not be told by refusing it: the
-- index no longer is unique, and only what the actor sees is compared.

DROP INDEX vuln_cve;
CREATE INDEX vuln_cve ON vuln (cve);
