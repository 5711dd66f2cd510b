extension Function {
  /// Every function, by category and in the order of its file.
  package static let all: [Function] = conditionals + numbers + texts + patterns + dates + rows

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// What functions of other languages are called here.
  static let elsewhere = [
    "ifnull": "coalesce(value, …)", "nvl": "coalesce(value, …)", "isnull": "value is null", "isna": "value is null",
    "iff": "if(condition, value, value)", "iif": "if(condition, value, value)", "len": "length(text)",
    "char_length": "length(text)", "substr": "substring(text, from, length)", "mid": "substring(text, from, length)",
    "left": "substring(text, 1, length)", "right": "substring(text, -length)", "ucase": "upper(text)",
    "lcase": "lower(text)", "uppercase": "upper(text)", "lowercase": "lower(text)", "ceiling": "ceil(number)",
    "to_date": "cast(strptime(text, '%d/%m/%Y') as date)", "to_timestamp": "strptime(text, '%d/%m/%Y %H:%M')",
    "to_char": "strftime(date, '%d/%m/%Y')", "date_format": "strftime(date, '%d/%m/%Y')",
    "datediff": "date_diff('day', from, to)", "dateadd": "date + interval '1 day'",
    "date_add": "date + interval '1 day'", "date_sub": "date - interval '1 day'",
    "today": "current_date", "getdate": "now()", "sysdate": "now()", "current_timestamp": "now()",
    "quantile_disc": "quantile(value, 0.9)", "percentile_disc": "quantile(value, 0.9)",
    "percentile_cont": "quantile_cont(value, 0.9)", "percentile": "quantile_cont(value, 0.9)",
    "avg": "mean(value)", "average": "mean(value)",
    "regexp_like": "regexp_matches(text, pattern)", "rlike": "regexp_matches(text, pattern)",
    "regexp_substr": "regexp_extract(text, pattern)", "instr": "contains(text, part)",
    "startswith": "starts_with(text, start)", "endswith": "ends_with(text, end)", "str": "cast(value as string)",
    "int": "cast(value as int)", "float": "cast(value as float)", "to_number": "cast(text as float)",
  ]

  package static func named(_ name: String) -> Function? { byName[name] }
}
