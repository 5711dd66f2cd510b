import Diagnostics
import Documents
import FuzzDriver

/// Any bytes as a YAML document: nothing traps, a document without a tree has a diagnostic that says why, and all that is
/// said can be shown at its place.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: data == nil ? 0 : count))
  let file = SourceFile(path: "fuzz.yaml", bytes: bytes)
  var diagnostics = Diagnostics()
  let tree = parseYAML(file, into: &diagnostics)
  precondition(tree != nil || !diagnostics.all.isEmpty, "neither a tree nor a reason")
  precondition(diagnostics.rendered().utf8.count >= diagnostics.all.count)
  return 0
}

/// Where the program begins.
@_cdecl("FuzzYAML_main")
public func start(_ count: CInt, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  runFuzzer(count, words)
}
