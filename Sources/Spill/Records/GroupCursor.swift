import Storage

/// Reads sorted records group by group: those of one key.
package struct GroupCursor {
  private var cursor: RecordCursor
  private var head: SortRecord?
  private var hasGiven = false
  private var isStarted = false
  private var hash: UInt64 = 0
  /// The key of the group that is being read.
  package private(set) var key: ContiguousArray<UInt64> = []

  package init(_ sort: RecordSort) throws(StorageFailure) {
    cursor = try sort.cursor()
    head = try cursor.next()
  }

  /// Goes on to the next group, over what is left of this one; false at the end.
  package mutating func startGroup() throws(StorageFailure) -> Bool {
    while try nextMember() != nil {}
    guard let head else { return false }
    isStarted = true
    hash = head.hash
    key = ContiguousArray(head.key)
    return true
  }

  /// The hash of the group's key.
  package var keyHash: UInt64 { hash }

  /// The group's next record, ascending by value, valid until the next call; nil after the last.
  package mutating func nextMember() throws(StorageFailure) -> SortRecord? {
    if hasGiven {
      head = try cursor.next()
      hasGiven = false
    }
    guard isStarted, let record = head, record.hash == hash, record.key.elementsEqual(key) else { return nil }
    hasGiven = true
    return record
  }
}
