#!/usr/bin/env python3
"""Which texts have which named form, for `FormTableTests`.

    pip install python-stdnum==2.2 pycountry==26.2.16 rfc3987==1.3.8
    Tests/oracles/forms.py > Tests/oracles/forms.txt

One line a text: form, `yes` or `no`, the text's bytes in hexadecimal, and for people the text as JSON, separated by tabs. `EXAMPLES` are those of the standards; the
others are these and valid numbers of all kinds with a character changed, left out or doubled, judged by python-stdnum, the
standard library, and the patterns that the standards themselves give.
"""

import base64
import binascii
import datetime
import ipaddress
import json
import random
import re

import pycountry
import rfc3987
from stdnum import ean, iban, isbn, issn, luhn
from stdnum.iso7064 import mod_11_2
from stdnum.us import ssn

EMAIL = re.compile(  # HTML Living Standard, 4.10.5.1.5
    r"^[a-zA-Z0-9.!#$%&'*+\/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\Z")
SEMVER = re.compile(  # semver.org, FAQ
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)"
    r"(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?\Z", re.ASCII)
DOI = re.compile(r"^10\.\d{4,9}(\.\d+)*/[^\s\x00-\x20\x7f]+\Z", re.ASCII)


def grouped(text, marks):
    """The text without single marks between two characters; None where marks stand elsewhere."""
    if re.search(f"^[{marks}]|[{marks}]{{2}}|[{marks}]$", text):
        return None
    return re.sub(f"[{marks}]", "", text)


def is_iban(text):
    bare = grouped(text, " ")
    return bare is not None and bare == bare.upper() and " " not in text[:4] and bare.isascii() and iban.is_valid(
        bare, check_country=False)


def is_isbn(text):
    bare = grouped(text, " \\-")
    return bare is not None and bare.isascii() and "x" not in bare and isbn.is_valid(bare) and len(bare) in (10, 13)


def is_card(text):
    bare = grouped(text, " \\-")
    return bool(bare and bare.isascii() and bare.isdigit() and 12 <= len(bare) <= 19 and bare[0] != "0" and luhn.is_valid(bare))


def is_vin(text):  # 49 CFR 565.15 (c), tables III to V
    if not re.fullmatch("[A-HJ-NPR-Z0-9]{17}", text):
        return False
    values = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9]))
    weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    total = sum(weight * (int(c) if c.isdigit() else values[c]) for c, weight in zip(text, weights))
    return text[8] == "0123456789X"[total % 11]


def is_orcid(text):
    text = text.removeprefix("https://orcid.org/")
    return bool(re.fullmatch(r"(\d{4}-){3}\d{3}[\dX]", text, re.ASCII)) and mod_11_2.is_valid(text.replace("-", ""))


def is_json(text):
    def refuse(_):
        raise ValueError
    try:
        json.loads(text, parse_constant=refuse)
        return True
    except (ValueError, RecursionError):
        return False


def is_base64(text):
    try:
        base64.b64decode(text.encode(), validate=True)
        return text != "" and len(text) % 4 == 0
    except (binascii.Error, ValueError):
        return False


def is_address(kind):
    def holds(text):
        try:
            return "%" not in text and bool(kind(text))
        except ValueError:
            return False
    return holds


def is_network(text):
    try:
        ipaddress.ip_network(text, strict=False)
        return bool(re.fullmatch(r"[^%/]+/(0|[1-9]\d*)", text, re.ASCII))
    except ValueError:
        return False


def is_date(text):
    try:
        datetime.date.fromisoformat(text)
        return len(text) == 10 and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII))
    except ValueError:
        return False


def is_time(text):
    try:
        return bool(re.fullmatch(r"\d\d:\d\d(:\d\d(\.\d+)?)?", text, re.ASCII)) and bool(
            datetime.time.fromisoformat(text.split(".")[0])) or text.startswith("00:00") and is_midnight(text)
    except ValueError:
        return False


def is_midnight(text):
    return bool(re.fullmatch(r"00:00(:00(\.\d+)?)?", text, re.ASCII))


def is_degrees(limit):
    return lambda text: bool(re.fullmatch(r"[+-]?\d{1,3}(\.\d+)?", text, re.ASCII)) and abs(float(text)) <= limit


def is_ssn(text):
    return bool(re.fullmatch(r"\d{3}-\d\d-\d{4}|\d{9}", text, re.ASCII)) and ssn.is_valid(text) or text in (
        "457-55-5462", "078-05-1120")  # once misused, which stdnum refuses; the rule is about numbers never assigned


def is_uri(text):
    return text.isascii() and rfc3987.match(text, "URI") is not None and "[v" not in text.lower()


JUDGES = {
    "iban": is_iban, "isbn": is_isbn, "credit_card": is_card, "vin": is_vin, "orcid": is_orcid, "json": is_json,
    "base64": is_base64, "ipv4": is_address(ipaddress.IPv4Address), "ipv6": is_address(ipaddress.IPv6Address),
    "cidr": is_network, "date": is_date, "time": is_time, "latitude": is_degrees(90), "longitude": is_degrees(180),
    "issn": lambda t: bool(re.fullmatch(r"\d{4}-\d{3}[\dX]", t, re.ASCII)) and issn.is_valid(t),
    "ean": lambda t: t.isascii() and t.isdigit() and len(t) in (8, 12, 13, 14) and ean.is_valid(t),
    "luhn": lambda t: t.isascii() and t.isdigit() and len(t) > 1 and luhn.is_valid(t),
    "email": lambda t: bool(EMAIL.match(t)), "semver": lambda t: bool(SEMVER.match(t)), "doi": lambda t: bool(DOI.match(t)),
    "ssn": is_ssn, "uri": is_uri, "bic": lambda t: bool(re.fullmatch("[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", t)) and (
        t[4:6] == "XK" or pycountry.countries.get(alpha_2=t[4:6]) is not None),
    "uuid": lambda t: bool(re.fullmatch("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", t)),
    "mac": lambda t: bool(re.fullmatch("([0-9a-fA-F]{2}([:-]))([0-9a-fA-F]{2}\\2){4}[0-9a-fA-F]{2}|([0-9a-fA-F]{4}\\.){2}[0-9a-fA-F]{4}", t)),
    "e164": lambda t: bool(re.fullmatch(r"\+[1-9]\d{1,14}", t, re.ASCII)),
    "hex": lambda t: bool(re.fullmatch("([0-9a-fA-F]{2})+", t)),
    "geohash": lambda t: bool(re.fullmatch("[0-9b-hjkmnp-z]{1,12}", t)),
    "country": lambda t: pycountry.countries.get(alpha_2=t) is not None and t.isupper(),
    "country_alpha3": lambda t: pycountry.countries.get(alpha_3=t) is not None and t.isupper(),
    "currency": lambda t: pycountry.currencies.get(alpha_3=t) is not None and t.isupper(),
}

SEEDS = {
    "iban": ["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "FR1420041010050500013M02606", "NO9386011117947",
             "MT84MALT011000012345MTLCAST001S", "BE68 5390 0754 7034", "XK051212012345678906"],
    "isbn": ["978-3-16-148410-0", "0-306-40615-2", "080442957X", "9780306406157", "979-10-90636-07-1"],
    "credit_card": ["4111 1111 1111 1111", "378282246310005", "5500-0000-0000-0004", "6011000990139424"],
    "vin": ["1HGCM82633A004352", "1M8GDM9AXKP042788", "5GZCZ43D13S812715", "11111111111111111"],
    "orcid": ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X", "https://orcid.org/0000-0002-1825-0097"],
    "json": ['{"a": [1, -0.5e+3, true, null], "b\\u00e9": "\\n"}', "[]", "{}", '"x"', "0", "[[[]]]", ' [1 , {"a":{}}] ',
             "-1", "01", "1.", ".5", "[1,]", '{"a"}', "nul", '"\\x"', "{\"a\":1,}", "NaN", "1e5", "1E-5", '["\t"]'],
    "base64": ["Zg==", "Zm8=", "Zm9v", "Zm9vYmFy", "Zm9vYg==", "+/+/"],
    "ipv4": ["192.0.2.1", "0.0.0.0", "255.255.255.255", "256.1.1.1", "1.2.3", "01.2.3.4"],
    "ipv6": ["ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "2001:DB8:0:0:8:800:200C:417A", "::", "::1", "FF01::101",
             "::13.1.68.3", "::FFFF:129.144.52.38", "0:0:0:0:0:FFFF:129.144.52.38", "1::8", "1:2:3:4:5:6:7::",
             "::2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9", "1::2::3"],
    "cidr": ["10.0.0.0/8", "192.0.2.0/24", "2001:db8::/32", "::/0", "0.0.0.0/0", "10.0.0.0/33", "2001:db8::/129"],
    "date": ["2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2024-04-31"],
    "time": ["23:59:59", "09:30", "00:00:00.123", "24:00", "12:60", "12:30:60", "12:30:59.999999999"],
    "latitude": ["90", "-90.0", "90.0001", "+52.5163", "0", "091", "1e1"],
    "longitude": ["180", "-180.000", "180.1", "13.3777", "181"],
    "issn": ["0378-5955", "0317-8471", "1050-124X", "2049-3630"],
    "ean": ["4006381333931", "73513537", "036000291452", "10614141000415", "5901234123457"],
    "luhn": ["79927398713", "18", "00", "49927398716", "1234567812345670"],
    "email": ["zoe@example.org", "a.b+c@x-y.co", "user@localhost", "@x.org", "a@", "a@-x.org", "a@x..org", "a b@x.org",
              "!#$%&'*+/=?^_`{|}~-@a", ".a.@b", "a@" + "x" * 63, "a@" + "x" * 64, "a@b@c"],
    "semver": ["1.0.0", "0.0.4", "1.0.0-alpha.1", "1.0.0-0.3.7", "1.0.0-x.7.z.92", "1.0.0+20130313144700",
               "1.0.0-beta+exp.sha.5114f85", "1.0.0--", "01.0.0", "1.0", "1.0.0-01", "1.0.0-", "1.0.0+", "1.0.0-a..b"],
    "doi": ["10.1000/182", "10.1038/nphys1170", "10.1002/0470841559.ch1", "10.1000.10/123456", "10.100/1", "10.1000/"],
    "ssn": ["219-45-6789", "219456789", "000-12-3456", "666-12-3456", "900-12-3456", "123-00-4567", "123-45-0000"],
    "uri": ["ftp://ftp.is.co.za/rfc/rfc1808.txt", "http://www.ietf.org/rfc/rfc2396.txt", "ldap://[2001:db8::7]/c=GB?objectClass?one",
            "mailto:John.Doe@example.com", "news:comp.infosystems.www.servers.unix", "tel:+1-816-555-1212",
            "telnet://192.0.2.16:80/", "urn:oasis:names:specification:docbook:dtd:xml:4.1.2", "http://a/b#c", "a:",
            "http://a/%zz", "//x", "1a:b", "http://a b", "http://a#b#c"],
    "bic": ["DEUTDEFF", "DEUTDEFF500", "NEDSZAJJXXX", "CHASUS33", "RBKOXKPR", "DEUTXXFF"],
    "uuid": ["f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"],
    "mac": ["00:1A:2B:3C:4D:5E", "00-1a-2b-3c-4d-5e", "001a.2b3c.4d5e", "00:1A-2B:3C:4D:5E"],
    "e164": ["+4930901820", "+14155552671", "+123456789012345", "+1234567890123456", "+0123456", "4930901820"],
    "hex": ["c0ffee", "C0FFEE", "0", "g0", "00"],
    "geohash": ["u33dc0", "ezs42", "9q8yyk8ytpxr", "9q8yyk8ytpxrs", "a", "0"],
    "country": ["DE", "US", "XX", "de", "GB", "UK"], "country_alpha3": ["DEU", "USA", "XXX", "deu"],
    "currency": ["EUR", "USD", "DEM", "XAU", "eur", "XYZ"],
}

# Forms without a second opinion: what their standards give as examples, and near misses.
EXAMPLES = {
    "timestamp": [  # RFC 3339, 5.8
        ("1985-04-12T23:20:50.52Z", True), ("1996-12-19T16:39:57-08:00", True), ("1990-12-31T23:59:60Z", True),
        ("1990-12-31T15:59:60-08:00", True), ("1937-01-01T12:00:27.87+00:20", True), ("1985-04-12t23:20:50z", True),
        ("1985-04-12 23:20:50Z", True), ("1985-04-12T23:20:50", False), ("1985-04-12T23:20:50.Z", False),
        ("1985-04-31T23:20:50Z", False), ("1985-04-12T24:00:00Z", False), ("1985-04-12T22:59:60Z", False),
        ("1985-04-12T23:20:50+0100", False), ("1985-04-12", False), ("1985-04-12T23:20:50+24:00", False)],
    "hostname": [  # RFC 1123, 2.1; RFC 3696, 2
        ("www.example.org", True), ("localhost", True), ("3com.com", True), ("a-b.c", True), ("xn--bcher-kva.example", True),
        ("-a.b", False), ("a-.b", False), ("a..b", False), ("a.b.", False), ("1.2.3.4", False), ("a_b.c", False),
        ("x" * 63 + ".org", True), ("x" * 64 + ".org", False), (".".join(["abcdefg"] * 31) + ".abcde", True),
        (".".join(["abcdefg"] * 31) + ".abcdef", False), ("bücher.example", False)],
    "email_strict": [  # RFC 5321, 4.1.2 and 4.5.3.1
        ("zoe@example.org", True), ("a.b@x.co", True), ("user@localhost", False), (".a@x.org", False), ("a.@x.org", False),
        ("a..b@x.org", False), ("x" * 64 + "@x.org", True), ("x" * 65 + "@x.org", False), ("a@1.2.3.4", False),
        ("\"a b\"@x.org", False), ("a@[192.0.2.1]", False)],
    "url": [  # RFC 3986, 1.1.2; RFC 9110, 4.2
        ("http://www.ietf.org/rfc/rfc2396.txt", True), ("ftp://ftp.is.co.za/rfc/rfc1808.txt", True), ("https://example.org", True),
        ("HTTPS://EXAMPLE.ORG:8080/?q=a%20b#x", True), ("http://localhost/", True), ("http://[2001:db8::7]:80/", True),
        ("http://192.0.2.16/", True), ("mailto:John.Doe@example.com", False), ("http://", False), ("http:///x", False),
        ("http://a b/", False), ("http://ex_ample.org/", False), ("http://a:99999/", False), ("www.example.org", False),
        ("ldap://x/", False), ("http://a/%2", False), ("http://user:secret@example.org/", True)],
    "phone": [  # ITU-T E.123, 2
        ("+49 30 901820", True), ("(030) 901820", True), ("030/901-820", True), ("+1 (415) 555-2671", True), ("5552671", True),
        ("123456", False), ("1234567890123456", False), ("+49  30 901820", False), ("030-", False), ("(030 901820", False),
        ("030) 901820", False), ("555-CALL", False), ("49+30901820", False)],
    "timezone": [("Europe/Berlin", True), ("America/Argentina/Buenos_Aires", True), ("UTC", True), ("US/Pacific", True),
                 ("Etc/GMT+5", True), ("Europe/Munich", False), ("europe/berlin", False), ("+01:00", False), ("", False)],
    "language": [("de", True), ("en", True), ("deu", True), ("ger", True), ("zxx", True), ("DE", False), ("xx", False),
                 ("xyz", False), ("de-DE", False)],
}


def mutations(form, seeds, count=60):
    generator = random.Random(form)
    for _ in range(count):
        text = list(generator.choice(seeds))
        place = generator.randrange(len(text))
        kind = generator.randrange(4)
        if kind == 0:
            text[place] = generator.choice("0123456789ABFXZabz -.:/+@é")
        elif kind == 1:
            del text[place]
        elif kind == 2:
            text.insert(place, text[place])
        elif place + 1 < len(text):
            text[place], text[place + 1] = text[place + 1], text[place]
        yield "".join(text)


def show(form, holds, text):
    print(form, "yes" if holds else "no", text.encode().hex(), json.dumps(text), sep="\t")


for form in sorted(JUDGES):
    seen = set()
    for text in SEEDS[form] + list(mutations(form, SEEDS[form])) + ["", " ", "é", "\x00", "0" * 300]:
        if text not in seen:
            seen.add(text)
            show(form, JUDGES[form](text), text)
for form in sorted(EXAMPLES):
    for text, holds in EXAMPLES[form]:
        show(form, holds, text)
