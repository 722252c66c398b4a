# rooms.py finds each violation planted in a small tree, and none in the tree without them.
: "${CC:=cc}"
put() { mkdir -p "$(dirname "tree/$1")" && printf '%s\n' "$2" >"tree/$1"; }
compile() {
    for file; do
        mkdir -p "tree/build/$(dirname "$file")" && $CC -iquote tree -c -o "tree/build/$file.o" "tree/$file.c"
    done
}
lines() { yes "$1" | head -n "$2"; }
check() {
    echo "$1:"
    "$PYTHON" "$TESTS/structure/rooms.py" tree tree/build known.txt 2>&1
    echo "exit $?"
}

# A tree without violations: each file uses only its own and lower rooms, and lengths are at the limits.
put base/memory.h 'int memory_size(void);'
put base/memory.c '#include "base/memory.h"
int memory_size(void) { return 1; }'
put language/errors.def '// ERROR(id, message)'
put grammar/words.l '%%
%%'
put compiler/graph/graph.c '#include "base/memory.h"
int graph_size(void) { return memory_size(); }'
put compiler/plan/plan.h 'int plan_size(void);'
put compiler/plan/plan.c '#include "language/errors.def"
#include "compiler/plan/plan.h"
int graph_size(void);
int plan_size(void) { return graph_size(); }'
put compiler/layers/dense.c 'int dense_size(void) { return 1; }'
put compiler/latents/normal.c 'int normal_size(void) { return 1; }'
put compiler/terms/square.c 'int square_size(void) { return 1; }'
put compiler/compile.c 'int plan_size(void);
int compile(void) { return plan_size(); }'
put runtime/data/data.c 'int data_size(void) { return 1; }'
put driver/trainers/build.c 'int compile(void);
int data_size(void);
int build(void) { return compile() + data_size(); }'
put pages/long.c "int long_function(void) {
$(lines '    ;' 77)
    return 1;
}"
put pages/file.c "$(lines '// A line.' 500)"
for i in $(seq 28); do put "pages/page$i.h" ''; done
for i in $(seq 31); do put "compiler/layers/layer$i.h" ''; done
: >known.txt
compile base/memory compiler/graph/graph compiler/plan/plan compiler/layers/dense compiler/latents/normal \
    compiler/terms/square compiler/compile runtime/data/data driver/trainers/build pages/long pages/file
mkdir -p tree/build/grammar && cp tree/build/pages/file.o tree/build/grammar/words.l.o
check 'a tree that is right'
echo 'base/memory.h: base must not include compiler/plan/plan.h (compiler/plan)' >known.txt
check 'a known violation that no longer occurs'
: >known.txt

# A header and a symbol of a higher room, and of one beside it.
put base/memory.c '#include "base/memory.h"
#include "compiler/plan/plan.h"
int memory_size(void) { return plan_size(); }'
put compiler/graph/graph.c '

  #  include "compiler/plan/plan.h"
int graph_size(void) { return 1; }'
put compiler/layers/dense.c 'int square_size(void);
int dense_size(void) { return square_size(); }'
put compiler/latents/normal.c 'int dense_size(void);
int normal_size(void) { return dense_size(); }'
put runtime/data/data.c 'int graph_size(void);
int data_size(void) { return graph_size(); }'
put driver/trainers/build.c 'int options_size(void);
int build(void) { return options_size(); }'
put driver/commands/options.c 'int options_size(void) { return 1; }'
put runtime/data/options.c 'int options_size(void) { return 1; }'
compile base/memory compiler/graph/graph compiler/layers/dense compiler/latents/normal runtime/data/data \
    runtime/data/options driver/trainers/build driver/commands/options
check 'uses that are not allowed'

# Known violations are allowed, others are not.
cat >known.txt <<'LIST'
# Why they are known.
base/memory.c: base must not include compiler/plan/plan.h (compiler/plan)
base/memory.o: base must not use plan_size of compiler/plan/plan.o (compiler/plan)
base/memory.o: base must not use graph_size of compiler/graph/graph.o (compiler/graph)
LIST
check 'known violations'

# Forms that are not allowed; the uses are those of the tree without violations.
: >known.txt
rm tree/driver/commands/options.c
put base/memory.c '#include "base/memory.h"
int memory_size(void) { return 1; }'
put compiler/graph/graph.c 'int graph_size(void) { return 1; }'
put compiler/layers/dense.c 'int dense_size(void) { return 1; }'
put compiler/latents/normal.c 'int normal_size(void) { return 1; }'
put runtime/data/data.c 'int data_size(void) { return 1; }'
compile base/memory compiler/graph/graph compiler/layers/dense compiler/latents/normal runtime/data/data
put pages/long.c "int before(void);

static int long_function(int first,
                         int second) {    // a comment
$(lines '    ;' 77)
    return 1;
}"
put pages/file.c "$(lines '// A line.' 501)"
put pages/one_more.h '#include "pages/long.c"
#include "page1.h"'
put compiler/attic/old.h ''
put compiler/plan/alone.c ''
put language/rows.def '#include "base/memory.h"'
put language/rows.h ''
check 'forms that are not allowed'
