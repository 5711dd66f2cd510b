import Glibc

/// Where a file is or will be, told the same way by everyone who means it: a folder without links, and a name in it.
struct Place: Hashable {
  let folder: String
  let name: String

  /// The files that may lie beside a place while a run writes it.
  enum SideFile: String, CaseIterable {
    /// The file that is to be moved here.
    case staged
    /// A second name of the file that was here before, until the whole set is moved.
    case old
    /// Says who writes here; its lock is held as long as that process lives.
    case lock
    /// The moves of a set, from when they are decided until they are done.
    case journal
    /// The journal of a set that is moved back.
    case undo
  }

  init(folder: String, name: String) {
    self.folder = folder
    self.name = name
  }

  var path: String { folder == "/" ? "/\(name)" : "\(folder)/\(name)" }

  /// The path of a file beside it: hidden, so that neither globs nor readers of a whole folder take it for data.
  func beside(_ file: SideFile) -> String {
    let ending = ".brew-\(file.rawValue)"
    var base = name
    if base.utf8.count + ending.utf8.count + 1 > Int(NAME_MAX) {
      while base.utf8.count > 200 { base.removeLast() }
      base += "~" + hex(checksum(name))
    }
    return Place(folder: folder, name: ".\(base)\(ending)").path
  }

  /// How a file in `folder` names this place: by name alone where both are together, so that a folder may be moved.
  func reference(from folder: String) -> String { escaped(folder == self.folder ? name : path) }

  /// The place that a file in `folder` means by `reference`.
  init?(_ reference: Substring, from folder: String) {
    guard let path = unescaped(reference), let last = path.split(separator: "/").last else { return nil }
    name = String(last)
    self.folder = path.hasPrefix("/") ? Storage.folder(of: path) : folder
    guard Self.canName(name), path.hasPrefix("/") || path == name else { return nil }
  }

  static func canName(_ name: String) -> Bool { !name.isEmpty && name != "." && name != ".." }
}

/// What a path means to somebody who writes to it.
enum Destination {
  /// A file, which is staged and moved.
  case file(Place, madeFolders: [String])
  /// Something that is not a file: a pipe, a device. It takes bytes as they come.
  case special(String)
  /// A file that this process has open already: `-`, `/dev/stdout`, `/dev/fd/3`.
  case descriptor(Int32)

  /// Follows links to where they lead, so that the link stays and what it leads to is replaced. Makes the folders on the
  /// way.
  init(_ path: String, _ fileSystem: FileSystem) throws(StorageFailure) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw StorageFailure(.create, path, code: ENOENT) }
    if path == "-" {
      self = .descriptor(STDOUT_FILENO)
      return
    }
    var current = path
    // As many links as the system itself follows.
    for _ in 0..<40 {
      if let descriptor = openDescriptor(current) {
        self = .descriptor(descriptor)
        return
      }
      guard let status = FileStatus(current) else {
        guard errno == ENOENT else { throw StorageFailure(.create, path, code: errno) }
        break
      }
      switch status.kind {
      case S_IFLNK:
        guard let target = linkTarget(current) else { throw StorageFailure(.create, path, code: errno) }
        current = target.hasPrefix("/") ? target : "\(folder(of: current))/\(target)"
        continue
      case S_IFDIR: throw StorageFailure(.create, path, code: EISDIR)
      case S_IFREG:
        // A rename asks the folder alone; a file that is not to be written is not to be replaced either.
        guard access(current, W_OK) == 0 else { throw StorageFailure(.create, path, code: errno) }
      default:
        self = .special(current)
        return
      }
      break
    }
    if let status = FileStatus(current), status.kind == S_IFLNK { throw StorageFailure(.create, path, code: ELOOP) }
    let name = current.split(separator: "/", omittingEmptySubsequences: false).last.map { String($0) } ?? ""
    guard Place.canName(name) else { throw StorageFailure(.create, path, code: EISDIR) }
    var made: [String] = []
    do throws(StorageFailure) {
      try makeFolders(for: current, fileSystem, &made)
      guard let folder = withoutLinks(folder(of: current)) else { throw StorageFailure(.create, path, code: errno) }
      self = .file(Place(folder: folder, name: name), madeFolders: made)
    } catch {
      for folder in made.reversed() { _ = fileSystem.removeFolder(folder) }
      throw error
    }
  }
}

/// What the system knows of a name itself, links not followed.
struct FileStatus {
  let kind: mode_t
  /// Permissions alone.
  let mode: mode_t
  let inode: UInt64
  let size: Int
  let user: uid_t
  let group: gid_t

  /// Nil, with the system's error number in `errno`, where there is no such file.
  init?(_ path: String) {
    var info = stat()
    guard lstat(path, &info) == 0 else { return nil }
    self.init(info)
  }

  init?(descriptor: Int32) {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return nil }
    self.init(info)
  }

  private init(_ info: stat) {
    kind = info.st_mode & S_IFMT
    mode = info.st_mode & 0o7777
    inode = UInt64(info.st_ino)
    size = Int(info.st_size)
    user = info.st_uid
    group = info.st_gid
  }
}

/// The descriptor that a path names as such.
private func openDescriptor(_ path: String) -> Int32? {
  switch path {
  case "/dev/stdout": return STDOUT_FILENO
  case "/dev/stderr": return STDERR_FILENO
  default:
    for prefix in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(prefix) {
      return Int32(path.dropFirst(prefix.count))
    }
    return nil
  }
}

private func linkTarget(_ path: String) -> String? {
  var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
  let count = readlink(path, &bytes, bytes.count)
  return count < 0 ? nil : String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// The one absolute path of a folder.
private func withoutLinks(_ path: String) -> String? {
  guard let whole = realpath(path, nil) else { return nil }
  defer { free(whole) }
  return String(cString: whole)
}

private func makeFolders(
  for path: String, _ fileSystem: FileSystem, _ made: inout [String]
) throws(StorageFailure) {
  let target = folder(of: path)
  guard target != ".", target != "/", access(target, F_OK) != 0 else { return }
  try makeFolders(for: target, fileSystem, &made)
  let answer = fileSystem.makeFolder(target)
  // Another run may have been quicker.
  if answer == Int(-EEXIST) { return }
  try fileSystem.check(answer, .create, target)
  made.append(target)
}
