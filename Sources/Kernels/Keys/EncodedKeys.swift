/// The keys of some rows of one batch, each a run of whole words: two keys are equal exactly when their words are.
///
/// Made by a ``KeyEncoder``; meant to be used again for the next batch, so that nothing is allocated for it.
package struct EncodedKeys: Sendable {
  /// All keys one after the other; words past the last key are leftovers.
  package internal(set) var words: ContiguousArray<UInt64> = []
  /// Where each key begins in `words`, and where the last one ends; `count + 1` of them.
  package internal(set) var starts: ContiguousArray<UInt32> = [0]
  package internal(set) var hashes: ContiguousArray<UInt64> = []
  /// The place of each key's row in the whole input.
  package internal(set) var ordinals: ContiguousArray<Int64> = []

  package init() {}

  package var count: Int { ordinals.count }
}
