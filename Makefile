# psirt: one Makefile, no recursion.  Sources are found, not listed.
#   make            build/release/psirt
#   make unit       unit tests (MODE=asan for the sanitizer build)
#   make lint       linters;  make compile_commands.json;  make bench;  make soak
MODE ?= release
B    ?= build/$(MODE)
CC   ?= gcc

ROOMS   := base platform standards record services doors
ALL     := $(shell find $(ROOMS) -name '*.c' | sort)
TESTS   := $(filter %_test.c,$(ALL)) base/test.c
SOURCES := $(filter-out %_test.c base/test.c,$(ALL))

PKGS    := libmicrohttpd sqlite3 libpq icu-uc icu-i18n libcrypto libsodium libpcre2-8 zlib libcmark
CFLAGS_release := -O2 -D_FORTIFY_SOURCE=2
CFLAGS_asan    := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_tsan    := -O1 -fsanitize=thread
CFLAGS_cover   := -O0 --coverage
WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wvla -Wformat=2 -Wswitch-enum \
        -Wmissing-prototypes -Wno-missing-field-initializers -Werror
HARD := -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=zero \
        -fno-strict-overflow -fno-delete-null-pointer-checks -fPIE -fno-common
CFLAGS_all := -std=gnu17 -g -D_GNU_SOURCE -I. -I$(B) $(WARN) $(HARD) $(CFLAGS_$(MODE)) \
              $(shell pkg-config --cflags $(PKGS))
LDFLAGS_all := -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed $(filter -fsanitize=% --coverage,$(CFLAGS_$(MODE)))
LIBS := $(shell pkg-config --libs $(PKGS)) -lpthread -lm

OBJ      = $(SOURCES:%.c=$(B)/%.o)
TEST_OBJ = $(TESTS:%.c=$(B)/%.o)
MAIN_OBJ = $(B)/doors/main.o

.PHONY: all unit lint clean compile_commands.json
all: $(B)/psirt

$(B)/psirt: $(OBJ) $(GEN_OBJ)
	$(CC) $(LDFLAGS_all) -o $@ $^ $(LIBS)

$(B)/unit: $(filter-out $(MAIN_OBJ),$(OBJ)) $(GEN_OBJ) $(TEST_OBJ)
	$(CC) $(LDFLAGS_all) -o $@ $^ $(LIBS) -lcmocka

unit: $(B)/unit
	$(B)/unit $(T)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_all) -include base/banned.h -MMD -MP -c -o $@ $<

lint:
	tools/lint

# For clangd and other readers of the sources.
compile_commands.json:
	@{ sep='['; for f in $(SOURCES) $(TESTS); do \
		printf '%s\n{"directory":"%s","file":"%s","command":"%s"}' "$$sep" "$(CURDIR)" "$$f" \
			'$(CC) $(subst ",\",$(CFLAGS_all)) -include base/banned.h -c '"$$f"; sep=,; \
	done; echo; echo ']'; } >$@

clean:
	rm -rf build

-include $(OBJ:.o=.d) $(TEST_OBJ:.o=.d)
