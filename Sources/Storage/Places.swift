import Glibc

/// The folder that a path lies in; `.` for a bare name.
package func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// A path as a document means it: from the folder of the document, unless it is absolute.
package func resolve(_ path: String, besides document: String) -> String {
  if path.hasPrefix("/") || path == "-" { return path }
  let base = folder(of: document)
  return base == "." ? path : withoutDetours("\(base)/\(path)")
}

/// A path without `.` and without `folder/..`, where the folder is one and no symbolic link: what people would write.
package func withoutDetours(_ path: String) -> String {
  var kept: [Substring] = []
  let root = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") where part != "." {
    if part == "..", let last = kept.last, last != "..", isRealFolder(root + kept.joined(separator: "/")) {
      kept.removeLast()
    } else {
      kept.append(part)
    }
  }
  let result = root + kept.joined(separator: "/")
  return result.isEmpty ? "." : result
}

private func isRealFolder(_ path: String) -> Bool {
  var info = stat()
  return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
}
