/// Kernels over texts: columns of type string in, one column of as many rows out.
///
/// Shared by all of them, unless one says otherwise:
/// - A result is strict: each row has the greatest state of its arguments. Values under rows that are not present
///   are the empty text, zero or false.
/// - Any argument may be constant; where all are, so is the result.
/// - Positions count Unicode scalars from 1, ends included, negative from the end.
/// - A result that is part of its argument, or equal to it, is a span of the same bytes; others are appended to the
///   store. A text for which the store has no room left fails with `.tooLong`.
/// - Texts are taken to be UTF-8. On other bytes the answer is unspecified, but none are read outside the text and
///   its slack, and nothing traps.
/// - Cost is linear in the bytes read and written; one allocation a call for the result.
package enum Text {}
