import Reports
import Testing

/// How figures are put into words.
@Suite struct LayoutTests {
  @Test(arguments: [
    (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.00 kB"), (9_994, "9.99 kB"), (9_995, "10.0 kB"),
    (99_949, "99.9 kB"), (99_950, "100 kB"), (999_499, "999 kB"), (999_500, "1.00 MB"), (1_219_307_386, "1.22 GB"),
    (5_000_000_000_000, "5.00 TB"), (Int.max, "9,223,372 TB"),
  ]) func sizes(_ bytes: Int, _ text: String) {
    #expect(sizeText(bytes) == text)
  }

  @Test(arguments: [
    (Int64(0), "0.000 s"), (42_000, "0.042 s"), (999_400, "0.999 s"), (1_000_000, "1.00 s"), (12_340_000, "12.3 s"),
    (59_900_000, "59.9 s"), (60_000_000, "1 min 0 s"), (125_000_000, "2 min 5 s"), (7_260_000_000, "2 h 1 min"),
    (-5, "0.000 s"), (Int64.max, "2562047788 h 0 min"),
  ]) func durations(_ microseconds: Int64, _ text: String) {
    #expect(durationText(microseconds: microseconds) == text)
  }

  @Test(arguments: [(0, "0 rows"), (1, "1 row"), (1234, "1,234 rows"), (-1_000_000, "-1,000,000 rows")])
  func counts(_ number: Int, _ text: String) {
    #expect(counted(number, "row") == text)
  }

  @Test(arguments: [
    (0, 0, 0, Int64(0), "0 rows   0 bytes"), (5, 100, 0, 1_000_000, "5 rows   100 bytes   100 bytes/s"),
    (1_234_567, 151_000_000, 1_220_000_000, 1_000_000, "1,234,567 rows   151 MB of 1.22 GB   151 MB/s   7 s left"),
    (10, 1000, 2000, 100_000, "10 rows   1.00 kB of 2.00 kB   10.0 kB/s"),
    (10, 1000, 1_000_000, 1_000_000, "10 rows   1.00 kB of 1.00 MB   1.00 kB/s   16 min 39 s left"),
  ]) func progress(_ rows: Int, _ bytes: Int, _ total: Int, _ microseconds: Int64, _ text: String) {
    #expect(progressText(rows: rows, bytes: bytes, total: total, microseconds: microseconds) == text)
  }

  @Test func progressFitsOneLine() {
    let line = progressText(rows: .max, bytes: .max / 2, total: .max, microseconds: 1_000_000)
    #expect(line.count < 80)
  }
}
