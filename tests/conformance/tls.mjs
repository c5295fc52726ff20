// TLS before the demo: node tls.mjs KEY CERT PORT; prints its own port.
import https from 'node:https'; import http from 'node:http'; import fs from 'node:fs';
const [key, cert, to] = process.argv.slice(2);
const s = https.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) }, (q, a) => {
  const r = http.request({ host: '127.0.0.1', port: to, path: q.url, method: q.method, headers: q.headers }, g => { a.writeHead(g.statusCode, g.headers); g.pipe(a); });
  r.on('error', () => { a.writeHead(502); a.end(); }); q.pipe(r);
});
s.listen(0, '127.0.0.1', () => console.log(s.address().port));
