# aespec: a compiler for autoencoders. `make help` prints the targets, V=1 the commands.
BUILD ?= build
PREFIX ?= /usr/local
CFLAGS ?= -O2
V ?= 0
ifeq ($(origin CC),default)
CC := $(or $(foreach c,cc gcc clang,$(and $(shell command -v $(c)),$(c) )),cc)
CC := $(firstword $(CC))
endif
# The tests' python is the first that has numpy.
PYTHON ?= $(shell for p in python3 /usr/bin/python3; do $$p -c 'import numpy' 2>/dev/null && echo $$p && break; done)

WARNINGS := -Wall -Wextra -Werror=switch -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla $(WERROR)
STANDARD := -std=c11 -D_POSIX_C_SOURCE=200809L
# The numbers of a trainer do not depend on the compiler: no contraction, no reordering, last so that they win.
probe = $(shell echo 'int main(void) { return 0; }' | $(CC) -Werror $(1) -x c -c -o /dev/null - 2>/dev/null && echo $(1))
EXACT = -ffp-contract=off -fno-fast-math -fno-math-errno $(PROBED)
# The second for a bug of gcc 12 and 13, see driver/trainers/toolchain.c.
PROBED := $(call probe,-fno-predictive-commoning) $(call probe,-mmove-max=128 -mstore-max=128)
# gcc vectorises loops of unknown length at -O3 alone unless it is told.
VECTORS := $(call probe,-ftree-vectorize) $(call probe,-fvect-cost-model=dynamic)

GRAMMAR := $(patsubst grammar/%,$(BUILD)/grammar/%.c,$(wildcard grammar/*.y grammar/*.l))
sources = $(sort $(foreach room,$(1),$(wildcard $(room)/*.c $(room)/*/*.c $(room)/*/*/*.c)))
BASE := $(call sources,base)
COMPILER := $(call sources,grammar compiler)
DRIVER := $(call sources,driver)
PAGES := $(call sources,pages)
RUNTIME := $(call sources,runtime)
HEADERS := $(patsubst %,$(BUILD)/include/%,$(wildcard base/*.h base/*/*.h language/settings.def runtime/*/*.h))
HELPERS := $(filter-out tests/unit/test_%,$(wildcard tests/unit/*.c))
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))

BASE_OBJECTS := $(BASE:%.c=$(BUILD)/%.o)
COMPILER_OBJECTS := $(COMPILER:%.c=$(BUILD)/%.o) $(GRAMMAR:.c=.o) $(BASE_OBJECTS)
DRIVER_OBJECTS := $(DRIVER:%.c=$(BUILD)/%.o)
# What the driver shares with a trainer: the rows of its commands and what is checked of them.
SHARED_OBJECTS := $(patsubst %,$(BUILD)/runtime/%.o,api/command_rows commands/checks)
PAGES_OBJECTS := $(PAGES:%.c=$(BUILD)/%.o)
RUNTIME_OBJECTS := $(RUNTIME:%.c=$(BUILD)/%.o)
DOUBLE_OBJECTS := $(RUNTIME:runtime/%.c=$(BUILD)/runtime-double/%.o)
HELPER_OBJECTS := $(HELPERS:%.c=$(BUILD)/%.o)

quiet = $(if $(filter 0,$(V)),@printf '  %-6s %s\n' $(1) $(patsubst $(BUILD)/%,%,$@);)
# Includes name a file by its path from the root; what bison and flex make is under the same path in BUILD.
# -fPIE: any compiler links a trainer of the library, whether or not it makes such programs by itself.
compile = $(CC) $(STANDARD) $(WARNINGS) $(CPPFLAGS) $(CFLAGS) -fPIE -iquote . -iquote $(BUILD) -MMD -MP
JANSSON := -l:libjansson.a

.DELETE_ON_ERROR:
.PHONY: all runtime install uninstall dist demo study study-page check golden docs lint format sanitize check-format check-torch check-targets check-exact check-interpreter check-neon check-browser check-mirror check-scale fuzz bench bench-torch deps clean help run-demo run-study run-check run-check-neon FORCE

all: runtime $(BUILD)/aespec $(BUILD)/share.made     ## the compiler, its library, manual and completions

runtime: $(BUILD)/libaespec_runtime.a $(BUILD)/libaespec_runtime_double.a $(HEADERS)

install: all                                         ## below PREFIX (/usr/local), inside of DESTDIR if that is set
install uninstall: export PREFIX := $(PREFIX)
install uninstall: export DESTDIR := $(DESTDIR)
install:
	@BUILD='$(BUILD)' scripts/install.sh install

uninstall:                                           ## remove what install put there
	@scripts/install.sh uninstall

dist:                                                ## build/aespec-VERSION.tar.gz of what is committed
	@BUILD='$(BUILD)' scripts/dist.sh

deps:                                                ## install what is missing (apt on Debian and Ubuntu)
	@scripts/deps.sh install build demo check

demo:                                                ## train a variational autoencoder on MNIST, make its pictures
	@scripts/deps.sh install build demo
	@$(MAKE) --no-print-directory run-demo

study:                                               ## the study done again, hours; QUICK=1: in small, minutes; docs/study
	@scripts/deps.sh install build demo
	@$(MAKE) --no-print-directory run-study

study-page:                                          ## the study's page alone, from the tables of docs/study
	@study/study.sh page

check:                                               ## all tests; T=errors/kernel_too_large for one
	@scripts/deps.sh install build check
	@$(MAKE) --no-print-directory run-check

run-study: all
	@BUILD='$(BUILD)' CC='$(CC)' study/study.sh

run-demo: all
	@BUILD='$(BUILD)' scripts/demo.sh

TEST_ENVIRONMENT = BUILD='$(BUILD)' AESPEC='$(BUILD)/aespec' CC='$(CC)' PYTHON='$(PYTHON)'
run-check: all $(UNIT_TESTS)
	@$(TEST_ENVIRONMENT) tests/check.sh $(T)

golden: all                                          ## renew generated/ and the tests' expectations, show the difference
	@BUILD='$(BUILD)' scripts/golden.sh

docs: $(BUILD)/aespec-pages                                 ## renew the tables of docs/ and the files of editors/
	@for page in language commands ir; do \
	    $(BUILD)/aespec-pages tables docs/$$page.md >$(BUILD)/page.md && cp $(BUILD)/page.md docs/$$page.md || exit; done
	@$(BUILD)/aespec-pages editors editors

lint:                                                ## both compilers with -Werror, clang-tidy, clang-format
	@scripts/deps.sh install build check lint
	@MAKE='$(MAKE)' scripts/lint.sh

format:                                              ## clang-format over our code
	clang-format -i $$(find base grammar compiler runtime driver pages tests/unit tests/interpreter -name '*.[ch]')

sanitize:                                            ## the tests with ASan and UBSan; every nest is checked
	@scripts/deps.sh install build check
	@ASAN_OPTIONS=detect_leaks=0 $(MAKE) --no-print-directory run-check BUILD=build/sanitize \
	    CPPFLAGS='$(CPPFLAGS) -DAE_CHECK_PASSES' \
	    CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined'

COUNT ?= 1000
check-format: all                                    ## aespec fmt over random layouts of random specs, COUNT of them
	@$(TEST_ENVIRONMENT) tests/format/check.sh $(COUNT) $(SEED)

check-torch: all                                     ## compare with PyTorch itself (needs torch)
	@$(TEST_ENVIRONMENT) tests/torch/check.sh

check-targets: all                                   ## random specs, COUNT of them: every target gives the same bytes
	@$(TEST_ENVIRONMENT) tests/targets/check.sh $(COUNT) $(SEED)

check-exact: all                                     ## specs/ with every target, compiler, level and number of threads
	@$(TEST_ENVIRONMENT) tests/targets/specs.sh all

check-interpreter: all                               ## the interpreter of graphs beside generated C: COUNT random specs
	@$(TEST_ENVIRONMENT) tests/interpreter/check.sh $(COUNT) $(or $(SEED),1) 200

check-neon:                                          ## the target neon, cross-compiled and emulated: specs/ and COUNT=100
	@scripts/deps.sh install build check neon
	@$(MAKE) --no-print-directory run-check-neon $(if $(filter file,$(origin COUNT)),COUNT=100)

run-check-neon: all
	@$(TEST_ENVIRONMENT) TARGETS='scalar neon' tests/targets/specs.sh
	@$(TEST_ENVIRONMENT) TARGETS='scalar neon' tests/targets/check.sh $(COUNT) $(SEED)

check-browser: all                                   ## reports in a headless browser (needs chromium)
	@$(TEST_ENVIRONMENT) tests/browser/check.sh

check-scale: all                                     ## specs of 100,000 lines and 10,000 layers, each within 10 s
	@$(TEST_ENVIRONMENT) tests/scale/check.sh 100000 10000 10

check-mirror: all                                    ## mirror of 10,000 random encoders
	@$(TEST_ENVIRONMENT) tests/shapes/check.sh

fuzz: all                                            ## random and damaged specs
	@$(TEST_ENVIRONMENT) tests/errors/fuzz.sh

bench: all                                           ## speed: steps, channels, waits, as docs/performance.md has them
	@for table in steps channels start; do AESPEC='$(BUILD)/aespec' $(PYTHON) bench/$$table.py || exit; done

bench-torch: all                                     ## the steps of PyTorch beside ours (needs torch)
	@AESPEC='$(BUILD)/aespec' $(PYTHON) bench/peers.py

clean:                                               ## remove all that was built
	rm -rf build

help:                                                ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' Makefile

# What every object needs: the tools (told by name when they are missing) and the flags as they were last time.
$(BUILD)/tools: scripts/deps.sh
	@mkdir -p $(@D)
	@CC='$(CC)' scripts/deps.sh look build && touch $@

$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(compile) $(VECTORS) $(EXACT)' | cmp -s - $@ || printf '%s\n' '$(compile) $(VECTORS) $(EXACT)' >$@

$(BUILD)/grammar/%.y.c $(BUILD)/grammar/%.y.h: grammar/%.y | $(BUILD)/tools
	@mkdir -p $(@D)
	$(call quiet,BISON)bison -Wall -Werror -Wcounterexamples --header=$(BUILD)/grammar/$*.y.h -o $(BUILD)/grammar/$*.y.c $<

$(BUILD)/grammar/%.l.c $(BUILD)/grammar/%.l.h: grammar/%.l | $(BUILD)/tools
	@mkdir -p $(@D)
	$(call quiet,FLEX)flex --header-file=$(BUILD)/grammar/$*.l.h -o $(BUILD)/grammar/$*.l.c $<

# Generated code is nobody's to tidy: the warnings that flex and bison raise in it are off.
$(GRAMMAR:.c=.o): $(BUILD)/%.o: $(BUILD)/%.c $(BUILD)/flags | $(GRAMMAR)
	$(call quiet,CC)$(compile) -Wno-unused-function -Wno-sign-compare \
	    -Wno-missing-prototypes -Wno-shadow -Wno-unused-but-set-variable -c -o $@ $<

TEXTS := $(BUILD)/driver/commands/templates.def $(BUILD)/driver/report/report.css.def

# The specs that `aespec new` offers, as rows of C strings.
$(BUILD)/driver/commands/templates.def: $(wildcard driver/commands/templates/*.aespec)
	@mkdir -p $(@D)
	@for file in $^; do \
	    printf 'TEMPLATE(%s,\n' "$$(basename "$$file" .aespec)"; sed 's/[\\"]/\\&/g; s/.*/    "&\\n"/' "$$file"; echo ')'; \
	done >$@

# The style of a report, as C strings.
$(BUILD)/driver/report/report.css.def: driver/report/report.css
	@mkdir -p $(@D)
	@sed 's/[\\"]/\\&/g; s/.*/    "&\\n"/' $< >$@

$(BASE_OBJECTS) $(COMPILER:%.c=$(BUILD)/%.o) $(DRIVER_OBJECTS) $(PAGES_OBJECTS): $(BUILD)/%.o: %.c $(BUILD)/flags | $(BUILD)/tools $(GRAMMAR) $(TEXTS)
	@mkdir -p $(@D)
	$(call quiet,CC)$(compile) $(EXACT) -c -o $@ $<

$(RUNTIME_OBJECTS): $(BUILD)/%.o: %.c $(BUILD)/flags | $(BUILD)/tools
	@mkdir -p $(@D)
	$(call quiet,CC)$(compile) -ffunction-sections $(VECTORS) $(EXACT) -c -o $@ $<

$(DOUBLE_OBJECTS): $(BUILD)/runtime-double/%.o: runtime/%.c $(BUILD)/flags | $(BUILD)/tools
	@mkdir -p $(@D)
	$(call quiet,CC)$(compile) -ffunction-sections -DAE_REAL_DOUBLE $(VECTORS) $(EXACT) -c -o $@ $<

$(HELPER_OBJECTS): $(BUILD)/%.o: %.c $(BUILD)/flags | $(BUILD)/tools
	@mkdir -p $(@D)
	$(call quiet,CC)$(compile) $(EXACT) -c -o $@ $<

$(BUILD)/include/%: %
	@mkdir -p $(@D)
	@cp $< $@

$(BUILD)/libaespec_runtime.a: $(RUNTIME_OBJECTS) $(BASE_OBJECTS)
$(BUILD)/libaespec_runtime_double.a: $(DOUBLE_OBJECTS) $(BASE_OBJECTS)
$(BUILD)/libaespec_compiler.a: $(COMPILER_OBJECTS)
$(BUILD)/%.a:
	@mkdir -p $(@D) && rm -f $@
	$(call quiet,AR)$(AR) rcs $@ $^

$(BUILD)/aespec: $(DRIVER_OBJECTS) $(SHARED_OBJECTS) $(BUILD)/libaespec_compiler.a
	$(call quiet,LINK)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(JANSSON) -lm

$(BUILD)/aespec-pages: $(PAGES_OBJECTS) $(filter-out %/main.o,$(DRIVER_OBJECTS)) $(SHARED_OBJECTS) $(BUILD)/libaespec_compiler.a
	$(call quiet,LINK)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(JANSSON) -lm

$(BUILD)/share.made: $(BUILD)/aespec-pages specs/vae.aespec
	@rm -rf $(BUILD)/share && $(BUILD)/aespec-pages share $(BUILD)/share specs/vae.aespec && touch $@

# A unit test links what it uses of the compiler, the runtime and the helpers beside it.
$(UNIT_TESTS): $(BUILD)/tests/%: tests/unit/%.c $(HELPER_OBJECTS) $(BUILD)/libaespec_runtime.a \
    $(BUILD)/libaespec_compiler.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(call quiet,CC)$(compile) $(EXACT) -o $@ $(filter %.c %.o %.a,$^) \
	    $$(pkg-config --cflags --libs check) $(JANSSON) -lpng -lz -lm -lpthread

-include $(COMPILER_OBJECTS:.o=.d) $(DRIVER_OBJECTS:.o=.d) $(PAGES_OBJECTS:.o=.d) $(RUNTIME_OBJECTS:.o=.d) \
    $(DOUBLE_OBJECTS:.o=.d) $(HELPER_OBJECTS:.o=.d) $(UNIT_TESTS:=.d)
