import Columns

/// A form that texts may have: what it is called, where it is laid down, and the kernel that tells whether a text has it.
package struct TextForm: Sendable {
  /// What documents call it.
  package let name: String
  /// One line, as the end of "Whether the text is …".
  package let summary: String
  /// The standard, with its edition.
  package let source: String
  /// A text that has it.
  package let example: String
  /// *n* texts in, *n* booleans out: true where the text as a whole has the form. Strict. No spaces are passed over but
  /// those that the form itself allows; the empty text has none of the forms. O(bytes), one allocation a call.
  package let holds: @Sendable (_ texts: Column, _ store: ByteStore) -> Column

  private init<Standard: NamedForm>(_ standard: Standard.Type) {
    name = Standard.name
    summary = Standard.summary
    source = Standard.source
    example = Standard.example
    holds = { texts, store in judge(standard, texts, store) }
  }

  /// Every form, by name.
  package static let all: [TextForm] = [
    TextForm(Base64Text.self), TextForm(BankIdentifier.self), TextForm(AddressBlock.self), TextForm(CountryCode.self),
    TextForm(CountryCode3.self), TextForm(CardNumber.self), TextForm(CurrencyCode.self), TextForm(CalendarDay.self),
    TextForm(ObjectIdentifier.self), TextForm(PhoneE164.self), TextForm(ArticleNumber.self),
    TextForm(EmailAddress.self),
    TextForm(StrictEmailAddress.self), TextForm(Geohash.self), TextForm(HexText.self), TextForm(Hostname.self),
    TextForm(AccountNumber.self), TextForm(IPv4Address.self), TextForm(IPv6Address.self), TextForm(BookNumber.self),
    TextForm(SerialNumber.self), TextForm(JSONText.self), TextForm(LanguageCode.self), TextForm(Latitude.self),
    TextForm(Longitude.self), TextForm(LuhnNumber.self), TextForm(HardwareAddress.self),
    TextForm(ResearcherIdentifier.self),
    TextForm(PhoneNumber.self), TextForm(SemanticVersion.self), TextForm(SocialSecurityNumber.self),
    TextForm(ClockTime.self),
    TextForm(InternetTimestamp.self), TextForm(ZoneForm.self), TextForm(UniformIdentifier.self),
    TextForm(UniformLocator.self), TextForm(UniqueIdentifier.self), TextForm(VehicleNumber.self),
  ].sorted { $0.name < $1.name }

  package static func named(_ name: String) -> TextForm? { all.first { $0.name == name } }
}

/// A form as its file declares it.
protocol NamedForm: SendableMetatype {
  static var name: String { get }
  static var summary: String { get }
  static var source: String { get }
  static var example: String { get }
  /// Whether a text, which is not empty, has the form.
  static func holds(_ text: TextBytes) -> Bool
}

/// Generic, so that the check of each form becomes a loop of its own, without a call through a closure a cell.
private func judge<Standard: NamedForm>(_ standard: Standard.Type, _ texts: Column, _ store: ByteStore) -> Column {
  let rows = TextRows(strict: [texts])
  let spans = texts.texts
  let cells = Cells(spans.span, isConstant: texts.isConstant)
  let base = UnsafeRawPointer(store.base)
  let values = rows.bits { row in
    let span = cells[row]
    return span.length > 0 && Standard.holds(TextBytes(base + Int(span.offset), Int(span.length)))
  }
  return rows.column(.bool, values)
}
