extension Function {
  /// Every function, by category and in the order of its file.
  package static let all: [Function] =
    conditionals + numbers + texts + patterns + codings + networks + dates + forms + rows + rowwise

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// What functions of other languages are called here.
  static let elsewhere = [
    "ifnull": "coalesce(value, …)", "nvl": "coalesce(value, …)", "isnull": "value is null", "isna": "value is null",
    "iff": "if(condition, value, value)", "iif": "if(condition, value, value)", "len": "length(text)",
    "char_length": "length(text)", "substr": "substring(text, from, length)", "mid": "substring(text, from, length)",
    "ucase": "upper(text)",
    "lcase": "lower(text)", "uppercase": "upper(text)", "lowercase": "lower(text)", "ceiling": "ceil(number)",
    "to_date": "cast(strptime(text, '%d/%m/%Y') as date)",
    "to_char": "strftime(date, '%d/%m/%Y')", "date_format": "strftime(date, '%d/%m/%Y')",
    "datediff": "date_diff('day', from, to)", "dateadd": "date_add(date, 1, 'day')",
    "adddate": "date_add(date, 1, 'day')", "add_months": "date_add(date, 1, 'month')",
    "date_sub": "date_add(date, -1, 'day')", "subdate": "date_add(date, -1, 'day')",
    "months_between": "age('month', from, to)", "isoweek": "week(date)", "weekofyear": "week(date)",
    "dayofweek": "isodow(date)", "weekday": "isodow(date)", "dayofmonth": "day(date)", "doy": "dayofyear(date)",
    "day_name": "dayname(date)", "month_name": "monthname(date)", "eomonth": "last_day(date)",
    "from_unixtime": "to_timestamp(seconds)", "unix_timestamp": "epoch(at)", "unix_time": "epoch(at)",
    "at_timezone": "timezone('Europe/Berlin', at)", "networkdays": "business_days(from, to)",
    "date_part": "extract(year from date)", "datepart": "extract(year from date)",
    "today": "current_date", "getdate": "now()", "sysdate": "now()", "current_timestamp": "now()",
    "quantile_disc": "quantile(value, 0.9)", "percentile_disc": "quantile(value, 0.9)",
    "percentile_cont": "quantile_cont(value, 0.9)", "percentile": "quantile_cont(value, 0.9)",
    "avg": "mean(value)", "average": "mean(value)",
    "regexp_like": "regexp_matches(text, pattern)", "rlike": "regexp_matches(text, pattern)",
    "regexp_substr": "regexp_extract(text, pattern)", "instr": "position(part in text)",
    "startswith": "starts_with(text, start)", "endswith": "ends_with(text, end)", "str": "cast(value as string)",
    "strpos": "position(part in text)", "charindex": "position(part in text)", "locate": "position(part in text)",
    "strrpos": "last_position(part in text)", "ascii": "unicode(text)", "ord": "unicode(text)", "char": "chr(number)",
    "strlen": "octet_length(text)", "title": "initcap(text)", "proper": "initcap(text)",
    "editdist3": "levenshtein(text, other)", "unaccent": "strip_accents(text)",
    "nfc_normalize": "normalize(text)", "replicate": "repeat(text, times)", "mismatches": "hamming(text, other)",
    "regexp_instr": "regexp_position(text, pattern)", "string_split_regex": "regexp_split_part(text, pattern, part)",
    "to_base64": "base64(text)", "unbase64": "from_base64(text)", "to_hex": "hex(value)", "from_hex": "unhex(text)",
    "sha": "sha1(text)", "sha2": "sha256(text)",
    "parse_url": "url_part(url, 'host')", "url_extract_host": "url_part(url, 'host')",
    "inet_aton": "ip_to_int(ip)", "inet_ntoa": "int_to_ip(number)", "row_min": "least(value, …)",
    "row_max": "greatest(value, …)", "row_average": "row_mean(x, …)", "rand": "random()",
    "format_string": "printf(format, value, …)", "sprintf": "printf(format, value, …)",
    "rand_between": "random(low, high)", "randint": "random(low, high)", "pow": "power(x, exponent)", "log10": "log(x)",
    "isnan": "is_nan(x)", "isinf": "is_infinite(x)",
    "isfinite": "is_finite(x)", "truncate": "trunc(x, digits)", "signum": "sign(x)", "xor": "bit_xor(x, other)",
    "shiftleft": "shift_left(x, places)", "shiftright": "shift_right(x, places)",
    "int": "cast(value as int)", "float": "cast(value as float)", "to_number": "cast(text as float)",
  ]

  package static func named(_ name: String) -> Function? { byName[name] }
}
