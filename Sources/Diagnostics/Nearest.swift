/// The known name that somebody who wrote `name` most likely meant, or nil where none is near.
///
/// Near is an edit distance (insert, delete, replace, swap neighbours) of at most a third of the longer name, letters
/// of either case counted alike; two letters and fewer must agree but for case. Of equally near names the one nearer
/// in case wins, then the earlier.
///
/// - Complexity: O(names × length²).
/// - Source: optimal string alignment, <https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance>.
package func nearest(_ name: String, in known: [String]) -> String? {
  let longest = 100
  let exact = Array(name.unicodeScalars)
  let folded = Array(name.lowercased().unicodeScalars)
  guard !exact.isEmpty, exact.count <= longest else { return nil }
  var best: (name: String, distance: Int, cased: Int)?
  for candidate in known {
    let scalars = Array(candidate.unicodeScalars)
    let length = max(scalars.count, exact.count)
    let limit = length <= 2 ? 0 : max(1, length / 3)
    guard scalars.count <= longest, abs(scalars.count - exact.count) <= limit else { continue }
    let distance = editDistance(folded, Array(candidate.lowercased().unicodeScalars))
    guard distance <= min(limit, best?.distance ?? limit) else { continue }
    let cased = editDistance(exact, scalars)
    if let best, best.distance == distance, best.cased <= cased { continue }
    best = (candidate, distance, cased)
  }
  return best?.name
}

/// `did you mean 'minutes'?`, or nil where no known name is near.
package func didYouMean(_ name: String, in known: [String]) -> String? {
  nearest(name, in: known).map { "did you mean '\($0)'?" }
}

private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    for column in right.indices {
      let cost = left[row] == right[column] ? 0 : 1
      var distance = min(last[column] + cost, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        distance = min(distance, beforeLast[column - 1] + 1)
      }
      current.append(distance)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
