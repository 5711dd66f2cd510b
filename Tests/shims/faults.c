/* Preloaded into a process, ends it or fails its calls at the n-th change that it makes to files.
 *
 *   FAULT_AT   which change: 1 is the first
 *   FAULT_HOW  kill   the process ends by SIGKILL before the change
 *              half   a write is done by half, then SIGKILL; other changes as with kill
 *              full   this and every later change that needs room fails with ENOSPC
 *              a number: the change fails with that errno, once
 *   FAULT_LOG  a file that takes one line for every change
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int changes;

static void record(const char *name) {
  const char *path = getenv("FAULT_LOG");
  if (path == NULL) return;
  int log = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0) return;
  char line[64];
  size_t length = strlen(name);
  memcpy(line, name, length);
  line[length] = '\n';
  syscall(SYS_write, log, line, length + 1);
  syscall(SYS_close, log);
}

/* The errno that the change is to fail with; 0 where it may go on. */
static int change(const char *name, int needs_room, int *half) {
  record(name);
  int number = atomic_fetch_add(&changes, 1) + 1;
  const char *at = getenv("FAULT_AT"), *how = getenv("FAULT_HOW");
  if (at == NULL || how == NULL) return 0;
  int first = atoi(at);
  if (strcmp(how, "full") == 0) return number >= first && needs_room ? ENOSPC : 0;
  if (number != first) return 0;
  if (strcmp(how, "half") == 0 && half != NULL) {
    *half = 1;
    return 0;
  }
  if (strcmp(how, "kill") == 0 || strcmp(how, "half") == 0) kill(getpid(), SIGKILL);
  return atoi(how);
}

#define CHANGE(name, needs_room)                         \
  do {                                                   \
    int code = change(name, needs_room, NULL);           \
    if (code != 0) {                                     \
      errno = code;                                      \
      return -1;                                         \
    }                                                    \
  } while (0)

static int is_file(int descriptor) {
  struct stat info;
  return fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  /* What people are told is no output. */
  if (descriptor > STDERR_FILENO && is_file(descriptor)) {
    int half = 0, code = change("write", 1, &half);
    if (code != 0) {
      errno = code;
      return -1;
    }
    if (half) {
      syscall(SYS_write, descriptor, bytes, count / 2);
      kill(getpid(), SIGKILL);
    }
  }
  return syscall(SYS_write, descriptor, bytes, count);
}

static int open_at(int folder, const char *path, int flags, mode_t mode) {
  if (flags & O_CREAT) CHANGE("create", 1);
  return (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define MODE(flags, mode)                                \
  mode_t mode = 0;                                       \
  if ((flags) & (O_CREAT | O_TMPFILE)) {                 \
    va_list rest;                                        \
    va_start(rest, flags);                               \
    mode = va_arg(rest, mode_t);                         \
    va_end(rest);                                        \
  }

int open(const char *path, int flags, ...) {
  MODE(flags, mode)
  return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE(flags, mode)
  return open_at(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  MODE(flags, mode)
  return open_at(folder, path, flags, mode);
}

int fsync(int descriptor) {
  CHANGE("fsync", 0);
  return (int)syscall(SYS_fsync, descriptor);
}

int ftruncate(int descriptor, off_t size) {
  CHANGE("truncate", 0);
  return (int)syscall(SYS_ftruncate, descriptor, size);
}

int rename(const char *path, const char *target) {
  CHANGE("rename", 0);
  return (int)syscall(SYS_renameat, AT_FDCWD, path, AT_FDCWD, target);
}

int link(const char *path, const char *second) {
  CHANGE("link", 1);
  return (int)syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, second, 0);
}

int unlink(const char *path) {
  CHANGE("unlink", 0);
  return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int mkdir(const char *path, mode_t mode) {
  CHANGE("mkdir", 1);
  return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}
