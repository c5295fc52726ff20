# psirt: one Makefile, no recursion.  Sources are found, not listed.
#   make            build/release/psirt, then the linters of what has changed
#   make unit       unit tests (MODE=asan for the sanitizer build)
#   make reference  docs/reference and docs/trace again
#   make soak       the loops that unit tests only sample, whole (minutes), and each fuzz target for a minute
#   make fuzz       the latter alone (SECONDS, F="json purl")
#   make lint       all linters, stale docs/reference too;  make compile_commands.json;  make bench
#   make CC=clang syntax    what the other compiler says
#   make install    program, unit, documents (PREFIX, DESTDIR)
MODE ?= release
B    ?= build/$(MODE)
CC   ?= gcc

ROOMS   := base platform standards record services doors
ALL     := $(shell find $(wildcard $(ROOMS)) -name '*.c' | sort)
FUZZ    := $(filter-out %_test.c %/fuzz_loop.c,$(wildcard tests/fuzz/*.c))
TESTS   := $(filter %_test.c,$(ALL)) $(wildcard $(addsuffix /*_test.c,$(addprefix tests/,matrix fault fuzz outside))) $(FUZZ) base/test.c
SOURCES := $(filter-out %_test.c base/test.c,$(ALL))

PKGS    := libmicrohttpd sqlite3 libpq icu-uc icu-i18n libcrypto libsodium libpcre2-8 zlib libcmark libqrencode libseccomp gpgme libcurl libxml-2.0 liblzma hunspell link-grammar
# clang 14 knows the flag and refuses it.
ZERO := $(shell echo | $(CC) -ftrivial-auto-var-init=zero -fsyntax-only -xc - 2>/dev/null && echo -ftrivial-auto-var-init=zero)
# What this compiler knows for this processor, of what is named.
known = $(foreach f,$(1),$(shell echo | $(CC) -Werror $f -fsyntax-only -xc - 2>/dev/null && echo $f))
CFLAGS_release := -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
# What was never written is not zero here, so that nobody counts on it.
CFLAGS_asan    := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer $(ZERO:zero=pattern)
CFLAGS_tsan    := -O1 -fsanitize=thread
CFLAGS_cover   := -O0 --coverage
CFLAGS_fuzz    := $(CFLAGS_asan)
# What is fuzzed tells the edges it passes.
WATCHED         = $(if $(filter fuzz/platform fuzz/standards,$(MODE)/$(firstword $(subst /, ,$(@:$(B)/%=%)))),-fsanitize-coverage=trace-pc)
WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wvla -Wformat=2 -Wswitch-enum \
        -Wmissing-prototypes -Wno-missing-field-initializers $(call known,-Wtrampolines) -Werror
# The OpenSSF guide for C, as far as the compiler has it.
HARD := -fstack-protector-strong -fstack-clash-protection $(ZERO) $(call known,-fcf-protection=full -mbranch-protection=standard) \
        -fno-strict-overflow -fno-strict-aliasing -fno-delete-null-pointer-checks -fPIE -fno-common
CFLAGS_all := -std=gnu17 -g -D_GNU_SOURCE -I. -I$(B) $(WARN) $(HARD) $(CFLAGS_$(MODE)) \
              $(shell pkg-config --cflags $(PKGS))
LDFLAGS_all := -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed $(filter -fsanitize=% --coverage,$(CFLAGS_$(MODE)))
LIBS := $(shell pkg-config --libs $(PKGS)) -lpthread -lm

OBJ      = $(SOURCES:%.c=$(B)/%.o)
TEST_OBJ = $(TESTS:%.c=$(B)/%.o)
MAIN_OBJ = $(B)/doors/main.o

# Templates: x.html -> gen/x.html.h and .c; x_test.html is for the tests only.
HTML      := $(shell find $(wildcard record services doors platform) -name '*.html' -not -path '*/asset/*')
HTML_C     = $(patsubst %.html,$(B)/gen/%.html.c,$(notdir $(HTML)))
PO        := $(sort $(wildcard lang/ja/*.po))
GEN_H     += $(HTML_C:.c=.h)
GEN_OBJ   += $(filter-out %_test.html.o,$(HTML_C:.c=.o)) $(B)/gen/lang.o
GEN_TEST  += $(filter %_test.html.o,$(HTML_C:.c=.o))
GEN_OBJ   += $(B)/gen/cwe_data.o $(B)/gen/ssvc_data.o
# Generators: tools/NAME/NAME.c has main, the other files are tested with the program.
TOOLS     := mkhtml mklang langcheck
TOOL_MAIN := $(foreach t,$(TOOLS),tools/$t/$t.c)
TOOL_TEST := $(wildcard $(TOOLS:%=tools/%/*_test.c))
TOOL_PART := tools/file.c $(filter-out $(TOOL_MAIN) $(TOOL_TEST),$(wildcard $(TOOLS:%=tools/%/*.c)))
TESTS     += $(TOOL_TEST)
TOOL_OBJ   = $(TOOL_PART:%.c=$(B)/%.o) $(patsubst %.c,$(B)/%.o,$(filter-out base/test.c,$(filter base/%,$(SOURCES))))
vpath %.html $(sort $(dir $(HTML)))

# SQL: one run of mksql reads all of it and rewrites only what has changed.
SCHEMA    := $(sort $(wildcard schema/*.sql))
SQL       := $(sort $(shell find $(wildcard platform record services) -name '*.sql' -not -path '*/testing/*'))
TEST_SQL  := $(sort $(wildcard platform/db/testing/*.sql))
SQL_C     := $(patsubst %,$(B)/gen/%.c,schema $(notdir $(SQL)))
SQL_H     := $(patsubst %,$(B)/gen/%.h,ids $(notdir $(SQL)) shelf.sql)
TEST_SQL_C := $(B)/gen/shelf_schema.c $(B)/gen/shelf.sql.c
MKSQL_OBJ := $(patsubst %.c,$(B)/%.o,$(wildcard tools/mksql/*.c)) $(filter-out $(B)/base/test.o,$(filter $(B)/base/%,$(OBJ)))
GEN_H     += $(SQL_H)
GEN_OBJ   += $(SQL_C:.c=.o)
GEN_TEST  += $(TEST_SQL_C:.c=.o)

# Who tells which fact, and which test speaks for which clause, as the sources say.
TELLERS := $(filter-out record/facts.c doors/demo/%,$(filter record/% services/% doors/%,$(SOURCES)))
TRACED  := $(sort $(SOURCES) $(TESTS) $(shell find $(wildcard $(ROOMS)) -name '*.h') $(wildcard tests/*/*.sh tests/*/*.mjs))
GEN_OBJ += $(B)/gen/tellings.o $(B)/gen/traces.o

# Services: the table of all that services/ holds.
SERVICE_C := $(sort $(shell grep -lE '^const struct service ' $$(find services -name '*.c') /dev/null))
GEN_OBJ   += $(B)/gen/services.o

# In every build, after the program: a wrong tree is one whose build fails.
LINTERS := layers size banned text commented lang
LINTED  := $(shell find $(wildcard $(ROOMS) schema lang tools tests docs) -type f -not -path '*/node_modules/*') $(wildcard *.md Makefile)

.PHONY: all unit soak fuzz reference trace lint syntax bench install uninstall clean compile_commands.json
.SECONDEXPANSION:
all: $(B)/psirt $(if $(filter release,$(MODE)),$(LINTERS:%=$(B)/lint/%)) $(if $(filter build/release,$(B)),$(B)/lint/reference)
$(B)/lint/reference: | $(B)/reference $(B)/gen/sql.stamp

$(B)/lint/%: tools/check-% $(LINTED) | $(B)/psirt $(B)/langcheck
	@mkdir -p $(@D)
	@MAKEFLAGS= $< && touch $@

$(B)/psirt: $(OBJ) $(GEN_OBJ)
	$(CC) $(LDFLAGS_all) -o $@ $^ $(LIBS)

$(B)/unit: $(filter-out $(MAIN_OBJ),$(OBJ)) $(GEN_OBJ) $(GEN_TEST) $(TOOL_PART:%.c=$(B)/%.o) $(TEST_OBJ)
	$(CC) $(LDFLAGS_all) -o $@ $^ $(LIBS) -lcmocka

$(B)/gen/tellings.c: $(TELLERS) record/facts.c tools/mkfacts
	@mkdir -p $(@D)
	tools/mkfacts $@ record/facts.c $(TELLERS)

$(B)/gen/traces.c $(B)/gen/clauses.md &: $(TRACED) tools/mktrace
	@mkdir -p $(@D)
	tools/mktrace $(B)/gen/traces.c $(B)/gen/clauses.md $(TRACED)

# docs/reference and docs/trace, from the program's own tables; tools/check-reference finds stale ones.
REF_OBJ := $(patsubst %.c,$(B)/%.o,$(wildcard tools/reference/*.c))
$(B)/reference: $(filter-out $(MAIN_OBJ),$(OBJ)) $(GEN_OBJ) $(REF_OBJ) $(B)/tools/file.o
	$(CC) $(LDFLAGS_all) -o $@ $^ $(LIBS)

reference trace: $(B)/reference $(B)/gen/sql.stamp
	$(B)/reference $(B)/gen docs

unit: $(B)/unit
	$(B)/unit $(T)

soak: $(B)/unit
	PSIRT_SOAK=1 $(B)/unit $(or $(T),tests/fault)
	$(if $(T),,$(MAKE) --no-print-directory fuzz)

# Each parser for SECONDS, of all or of the targets F; findings stay in build/fuzz/found.
SECONDS ?= 60
ifneq ($(MODE),fuzz)
fuzz:
	@$(MAKE) --no-print-directory MODE=fuzz fuzz
else
fuzz: $(B)/fuzz
	$(B)/fuzz $(SECONDS) $(F)
endif

FUZZ_OBJ := $(patsubst %.c,$(B)/%.o,$(FUZZ) tests/fuzz/fuzz_loop.c)
$(B)/fuzz: $(filter-out $(MAIN_OBJ),$(OBJ)) $(GEN_OBJ) $(FUZZ_OBJ) $(B)/standards/csaf/csaf_stub_test.o
	$(CC) $(LDFLAGS_all) -o $@ $^ $(LIBS)

$(B)/gen/services.c: $(SERVICE_C) tools/mkops
	@mkdir -p $(@D)
	tools/mkops $@ $(SERVICE_C)

$(TOOLS:%=$(B)/%): $(B)/%: $$(B)/tools/$$*/$$*.o $$(TOOL_OBJ)
	$(CC) $(LDFLAGS_all) -o $@ $^

$(B)/gen/%.html.c $(B)/gen/%.html.h &: %.html $(B)/mkhtml
	@mkdir -p $(@D)
	$(B)/mkhtml $< $(B)/gen/$*.html.h $(B)/gen/$*.html.c

$(B)/mksql: $(MKSQL_OBJ)
	$(CC) $(LDFLAGS_all) -o $@ $^ $(shell pkg-config --libs sqlite3 libpq libcrypto) -lm

$(B)/gen/sql.stamp: $(B)/mksql $(SCHEMA) $(SQL) $(TEST_SQL)
	@mkdir -p $(@D)
	$(B)/mksql --out $(@D) $(SCHEMA) -- $(SQL)
	$(B)/mksql --out $(@D) --prefix shelf_ --schema shelf_migrations $(filter %-shelf.sql,$(TEST_SQL)) -- $(filter %/shelf.sql,$(TEST_SQL))
	@touch $@
$(SQL_C) $(SQL_H) $(TEST_SQL_C): $(B)/gen/sql.stamp
	@:

$(B)/gen/lang.c: lang/en.po $(PO) $(B)/mklang
	@mkdir -p $(@D)
	$(B)/mklang $@ lang/en.po $(PO)

$(B)/gen/cwe_data.c: standards/cwe/data/cwe.txt tools/mkcwe
	@mkdir -p $(@D)
	tools/mkcwe $< >$@.new && mv $@.new $@

$(B)/gen/ssvc_data.c: standards/ssvc/data/registry.txt tools/mkssvc
	@mkdir -p $(@D)
	tools/mkssvc $< >$@.new && mv $@.new $@

$(B)/gen/%.o: $(B)/gen/%.c
	$(CC) $(CFLAGS_all) -MMD -MP -c -o $@ $<

$(filter-out $(B)/base/% $(B)/tools/%,$(OBJ) $(TEST_OBJ)) $(REF_OBJ) $(FUZZ_OBJ) $(HTML_C:.c=.o): | $(GEN_H)

BENCHES := $(patsubst tests/bench/%_bench.c,%,$(wildcard tests/bench/*_bench.c))

bench: $(BENCHES:%=$(B)/bench-%)
	@for b in $^; do $$b || exit 1; done
	@$(MAKE) --no-print-directory $(B)/psirt $(B)/visit $(B)/stopwatch && tests/bench/csaf $(B) && tests/bench/house $(B)

$(B)/visit: $(filter-out $(MAIN_OBJ),$(OBJ)) $(GEN_OBJ) $(B)/tests/bench/visit.o
	$(CC) $(LDFLAGS_all) -o $@ $^ $(LIBS)

$(B)/stopwatch: $(B)/tests/bench/stopwatch.o
	$(CC) $(LDFLAGS_all) -o $@ $^

$(B)/bench-%: $(filter-out $(MAIN_OBJ),$(OBJ)) $(GEN_OBJ) $(B)/tests/bench/%_bench.o
	$(CC) $(LDFLAGS_all) -o $@ $^ $(LIBS)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_all) $(WATCHED) -include base/banned.h -MMD -MP -c -o $@ $<

# Files taken in whole (.incbin) are not in the depfiles.
$(B)/doors/api/openapi.o: docs/reference/openapi.json
docs/reference/openapi.json: # a tree without it: the reference makes it
	@mkdir -p $(@D) && echo '{}' >$@
$(filter $(B)/standards/%,$(OBJ)): $$(wildcard $$(patsubst $$(B)/%,%,$$(@D))/data/*)
$(B)/standards/csaf/csaf_schema.o $(B)/standards/csaf/extension.o: $(wildcard standards/csaf/data/*/* standards/ssvc/data/*)

lint:
	tools/lint

# Every source is read, and nothing made of it: make CC=clang syntax
syntax: | $(GEN_H)
	@printf '%s\n' $(SOURCES) $(TESTS) $(TOOL_MAIN) $(TOOL_PART) | xargs -P $$(nproc) -n 8 $(CC) $(CFLAGS_all) -include base/banned.h -fsyntax-only

# For clangd and other readers of the sources.
compile_commands.json:
	@{ sep='['; for f in $(SOURCES) $(TOOL_MAIN) $(TOOL_PART) $(TESTS); do \
		printf '%s\n{"directory":"%s","file":"%s","command":"%s"}' "$$sep" "$(CURDIR)" "$$f" \
			'$(CC) $(subst ",\",$(CFLAGS_all)) -include base/banned.h -c '"$$f"; sep=,; \
	done; echo; echo ']'; } >$@

# The program, its unit and user, and the documents; starts nothing.
PREFIX ?= /usr/local
DOC     = $(DESTDIR)$(PREFIX)/share/doc/psirt
install: $(B)/psirt
	install -D -m 0755 $(B)/psirt $(DESTDIR)$(PREFIX)/bin/psirt
	install -D -m 0644 dist/psirt.service $(DESTDIR)$(PREFIX)/lib/systemd/system/psirt.service
	sed -i 's|/usr/local/|$(PREFIX)/|' $(DESTDIR)$(PREFIX)/lib/systemd/system/psirt.service
	install -D -m 0644 dist/psirt.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/psirt.conf
	[ -e $(DESTDIR)/etc/psirt/psirt.ini ] || install -D -m 0644 dist/psirt.ini $(DESTDIR)/etc/psirt/psirt.ini
	install -D -m 0644 dist/psirt.1 $(DESTDIR)$(PREFIX)/share/man/man1/psirt.1
	install -d -m 0755 $(DOC)/dist $(DOC)/docs/adr
	install -m 0644 *.md LICENSE NOTICE $(DOC)
	install -m 0644 dist/* $(DOC)/dist
	install -m 0644 docs/adr/*.md $(DOC)/docs/adr
	install -d -m 0755 $(DOC)/docs/reference $(DOC)/docs/trace $(DOC)/docs/guide/en $(DOC)/docs/guide/ja
	for d in reference trace guide/en guide/ja; do install -m 0644 docs/$$d/* $(DOC)/docs/$$d; done

# What install put there; the configuration, the data and the user stay.
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/psirt $(DESTDIR)$(PREFIX)/lib/systemd/system/psirt.service \
		$(DESTDIR)$(PREFIX)/lib/sysusers.d/psirt.conf $(DESTDIR)$(PREFIX)/share/man/man1/psirt.1
	rm -rf $(DOC)

clean:
	rm -rf build

-include $(OBJ:.o=.d) $(TEST_OBJ:.o=.d) $(GEN_OBJ:.o=.d) $(GEN_TEST:.o=.d)
-include $(TOOL_MAIN:%.c=$(B)/%.d) $(TOOL_PART:%.c=$(B)/%.d) $(MKSQL_OBJ:.o=.d) $(REF_OBJ:.o=.d)

# The assembler reads these.
$(B)/doors/web/asset.o: $(wildcard doors/web/asset/*.css doors/web/asset/*.js doors/web/asset/*.svg)
