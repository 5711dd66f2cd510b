#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

// Macros with computed names and values that Swift does not import.
static inline uint32_t brew_pcre2_options(void) { return PCRE2_UTF | PCRE2_UCP * 0; }
