/** Layout of dBASE III tables (.dbf), the attributes of Shapefiles. */
export const HEADER_BYTES = 32;
export const FIELD_BYTES = 32;
export const NAME_BYTES = 10;
export const END_OF_FIELDS = 0x0d;
export const END_OF_FILE = 0x1a;
export const DELETED = 0x2a;
export const PRESENT = 0x20;

/** Longest text that a field holds, in bytes. */
export const TEXT_BYTES = 254;
export const RECORD_BYTES = 65_535;
