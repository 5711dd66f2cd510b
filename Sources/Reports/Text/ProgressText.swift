/// One line about a run that is under way: `1,234,567 rows   151 MB of 1.22 GB   212 MB/s   5 s left`.
///
/// - Parameters:
///   - total: bytes that will have been read in the end; 0 where that is not known.
///   - microseconds: since the run began.
package func progressText(rows: Int, bytes: Int, total: Int, microseconds: Int64) -> String {
  let rate = microseconds > 0 ? Double(bytes) / Double(microseconds) * 1_000_000 : 0
  var parts = [counted(rows, "row"), total > 0 ? "\(sizeText(bytes)) of \(sizeText(total))" : sizeText(bytes)]
  if rate >= 1, rate < 1e15 { parts.append("\(sizeText(Int(rate)))/s") }
  // A first guess from next to nothing would only jump about.
  if total > bytes, rate >= 1, microseconds > 500_000 {
    let left = Double(total - bytes) / rate
    if left < 59.5 {
      parts.append("\(max(1, Int(left.rounded()))) s left")
    } else if left < 1e9 {
      parts.append("\(durationText(microseconds: Int64(left) * 1_000_000)) left")
    }
  }
  return cut(parts.joined(separator: "   "), to: pageWidth - 1)
}
