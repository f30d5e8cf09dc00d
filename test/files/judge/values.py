"""Values of properties, brought to one form so that those of different formats can be compared."""

import base64
import datetime
import json
import math
import re
from decimal import Decimal

import numpy as np
import pyarrow as pa

DATE_TIME = re.compile(r"^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(\.\d+)?\s*(Z|[+-]\d\d:?(?:\d\d)?)?$")
DATE = re.compile(r"^(\d{4})[-/](\d\d)[-/](\d\d)$")


def kind_of(arrow_type):
    """The kind of a column: what must not turn into something else."""
    if pa.types.is_dictionary(arrow_type):
        return kind_of(arrow_type.value_type)
    if pa.types.is_boolean(arrow_type):
        return "boolean"
    if pa.types.is_integer(arrow_type):
        return "integer"
    if pa.types.is_floating(arrow_type) or pa.types.is_decimal(arrow_type):
        return "number"
    if pa.types.is_date(arrow_type):
        return "date"
    if pa.types.is_timestamp(arrow_type) or pa.types.is_time(arrow_type):
        return "time"
    if pa.types.is_binary(arrow_type) or pa.types.is_large_binary(arrow_type):
        return "bytes"
    if pa.types.is_nested(arrow_type):
        return "nested"
    return "text"


def is_single(arrow_type):
    return pa.types.is_float32(arrow_type) or pa.types.is_float16(arrow_type)


def plain(value):
    """What a value is in JSON, with all its digits."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and value.as_tuple().exponent >= 0 else float(value)
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        # Maps of Arrow are lists of pairs.
        return [plain(member) for member in value]
    return str(value)


def same(expected, got, single=False):
    """Whether a value came through: numbers with all digits, times as instants, JSON by its meaning."""
    if isinstance(expected, bool) or isinstance(got, bool):
        if isinstance(expected, str):
            return expected.lower() == str(got).lower()
        return expected is got or (expected in (0, 1) and got in (0, 1) and int(expected) == int(got))
    if isinstance(expected, (int, float)) and isinstance(got, (int, float)):
        if single:
            return np.float32(expected) == np.float32(got)
        # GDAL takes whole numbers of 16 digits and more of a table for doubles; all digits are the better answer.
        if isinstance(expected, float) and isinstance(got, int):
            return expected == float(got)
        return Decimal(expected) == Decimal(got)
    # Of a date that an element of GML has several times GDAL keeps the first: all of them are the better answer.
    if isinstance(expected, str) and DATE.match(expected) and dates_of(got):
        return dates_of(got)[0] == expected
    if isinstance(expected, str) and isinstance(got, (int, float)):
        return is_same_number(expected, got)
    if isinstance(expected, str) and isinstance(got, str):
        return expected == got or same_time(expected, got)
    if isinstance(expected, str) and isinstance(got, (dict, list)):
        return same_json(expected, got)
    if isinstance(got, str) and isinstance(expected, (dict, list)):
        return same_json(got, expected)
    if isinstance(expected, dict) and isinstance(got, dict):
        return expected.keys() == got.keys() and all(same(expected[key], got[key], single) for key in expected)
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(same(one, other, single) for one, other in zip(expected, got))
    return expected is None and got is None


def dates_of(value):
    """The dates of a list, or of a text that is one in JSON; empty where it is none."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            return []
    are_dates = isinstance(value, list) and all(isinstance(one, str) and DATE.match(one) for one in value)
    return value if are_dates else []


def is_same_number(text, number):
    try:
        return Decimal(text) == Decimal(number) or float(text) == float(number)
    except ArithmeticError:
        return False


def same_json(text, value):
    try:
        return same(json.loads(text), value)
    except ValueError:
        return False


def same_time(one, other):
    instants = [instant(text) for text in (one, other)]
    return None not in instants and instants[0] == instants[1]


def instant(text):
    """A date as such, a time as an instant in UTC; one without a time zone stays so."""
    found = DATE.match(text)
    if found:
        return found.groups()
    found = DATE_TIME.match(text)
    if not found:
        return None
    *numbers, fraction, zone = found.groups()
    try:
        moment = datetime.datetime(*map(int, numbers))
    except ValueError:
        return None
    moment += datetime.timedelta(seconds=round(float(fraction or 0), 3))
    if zone is None:
        return moment
    if zone != "Z":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        offset = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        moment += offset if zone[0] == "-" else -offset
    return (moment, "UTC")
