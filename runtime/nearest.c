// "Did you mean" is the compiler's; a trainer stands alone, so its library holds it too.
#include "../compiler/base/nearest.c"    // NOLINT(bugprone-suspicious-include)
