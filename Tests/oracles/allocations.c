/* Counts the calls of malloc and its kin in a program it is preloaded into; at the end the count goes to $ALLOCATIONS.

     cc -O2 -shared -fPIC allocations.c -o allocations.so
     ALLOCATIONS=count.txt LD_PRELOAD=./allocations.so program */
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

static _Atomic long count;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t number, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) { return count++, __libc_malloc(size); }
void *calloc(size_t number, size_t size) { return count++, __libc_calloc(number, size); }
void *realloc(void *memory, size_t size) { return count++, __libc_realloc(memory, size); }
void *aligned_alloc(size_t alignment, size_t size) { return count++, __libc_memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  void *memory = aligned_alloc(alignment, size);
  if (memory) *result = memory;
  return memory ? 0 : 12;
}

__attribute__((destructor)) static void report(void) {
  long total = count;
  const char *path = getenv("ALLOCATIONS");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  fprintf(file, "%ld\n", total);
  fclose(file);
}
