import Arguments
import Engine
import Glibc
import Reports
import Synchronization

/// Does `work` while a thread of its own shows how far it has come and listens for the signals that end it.
///
/// The first SIGINT, SIGTERM or SIGHUP asks the run to end; a second ends the process at once. Signals are blocked in
/// all threads and fetched by that one, so that nothing ever happens inside a signal handler.
///
/// - Parameter showsProgress: whether standard error is a terminal on which somebody waits.
func watched<Result>(showsProgress: Bool, _ work: (RunProgress) -> Result) -> Result {
  var signals = sigset_t()
  sigemptyset(&signals)
  // SIGURG, which nothing else here uses, wakes the thread when the work is done.
  for signal in [SIGINT, SIGTERM, SIGHUP, SIGURG] { sigaddset(&signals, signal) }
  pthread_sigmask(SIG_BLOCK, &signals, nil)
  let watch = Watch(signals, showsProgress: showsProgress)
  let thread = watch.start()
  let result = work(watch.progress)
  watch.isOver.store(true, ordering: .releasing)
  if let thread {
    pthread_kill(thread, SIGURG)
    pthread_join(thread, nil)
  }
  return result
}

/// What the watching thread knows.
private final class Watch: Sendable {
  let progress = RunProgress()
  let isOver = Atomic<Bool>(false)
  private let signals: sigset_t
  private let showsProgress: Bool

  init(_ signals: sigset_t, showsProgress: Bool) {
    self.signals = signals
    self.showsProgress = showsProgress
  }

  /// Starts the thread; nil where none is to be had, and then the run goes on unwatched.
  func start() -> pthread_t? {
    var thread = pthread_t()
    let retained = Unmanaged.passRetained(self)
    let failed = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Watch>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, retained.toOpaque())
    guard failed == 0 else {
      retained.release()
      return nil
    }
    return thread
  }

  private func run() {
    let begun = now()
    var isShown = false
    while !isOver.load(ordering: .acquiring) {
      if let signal = nextSignal(milliseconds: 50), signal != SIGURG { end() }
      let elapsed = now() - begun
      // Whoever waits for less than this needs no comfort.
      if showsProgress, elapsed > 300_000, elapsed / 100_000 != lastShown.load(ordering: .relaxed) {
        lastShown.store(elapsed / 100_000, ordering: .relaxed)
        draw(elapsed)
        isShown = true
      }
    }
    if isShown { say("\r\u{1B}[K") }
  }

  private let lastShown = Atomic<Int64>(-1)

  private func draw(_ elapsed: Int64) {
    let line =
      progress.isCancelled
      ? "ending; once more to end at once"
      : progressText(
        rows: progress.records.load(ordering: .relaxed), bytes: progress.bytes.load(ordering: .relaxed),
        total: progress.total.load(ordering: .relaxed), microseconds: elapsed)
    say("\r\u{1B}[K" + line)
  }

  private func end() {
    guard progress.isCancelled else { return progress.cancel() }
    if showsProgress { say("\r\u{1B}[K") }
    progress.sideFiles.endProcess(ExitStatus.interrupted.rawValue)
  }

  private func nextSignal(milliseconds: Int) -> Int32? {
    var set = signals
    var wait = timespec(tv_sec: 0, tv_nsec: milliseconds * 1_000_000)
    let signal = sigtimedwait(&set, nil, &wait)
    return signal > 0 ? signal : nil
  }

  private func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}

/// Whether somebody reads standard error as it comes.
func isWatched() -> Bool { isatty(STDERR_FILENO) == 1 }
