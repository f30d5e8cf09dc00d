import type { Geometry } from 'geojson';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { FormatError } from '../../../core/shared/format-error.ts';
import { requirePresent } from '../../../core/shared/require-present.ts';
import type { Properties } from '../../layer/layer.ts';
import { setProperty } from '../../layer/properties.ts';
import { KmlGeometries } from './kml-geometries.ts';

/** Placemarks and pictures on the ground that stand directly in one Document or Folder. */
export interface KmlLayer {
  name: string | undefined;
  readonly placemarks: Placemark[];
}

export interface Placemark {
  readonly id: string | undefined;
  geometry: Geometry | undefined;
  /** Texts of the elements that describe a Placemark, by the names of their properties. */
  readonly members: Properties;
  /** Untyped extended data. */
  readonly data: Properties;
  /** Extended data by the reference to its schema. */
  readonly typed: Map<string, Map<string, string>>;
}

type Fields = Map<string, string>;

/** Elements of a Placemark that become properties, and what these are called. */
const memberNames: Readonly<Record<string, string>> = {
  name: 'name',
  description: 'description',
  address: 'address',
  phoneNumber: 'phoneNumber',
  when: 'timestamp',
  begin: 'begin',
  end: 'end',
};

/**
 * Elements that become features. A picture on the ground has an area, which GDAL takes for its geometry; what else is
 * laid over a map has no place on the ground.
 */
const isFeature = (name: string): boolean => name === 'Placemark' || name === 'GroundOverlay';

/** Whether an element holds a text, in which many write markup without escaping it. */
const isText = (name: string, parent: string): boolean =>
  (isFeature(parent) && Object.hasOwn(memberNames, name)) ||
  name === 'SimpleData' ||
  (name === 'value' && parent === 'Data');

const isContainer = (name: string): boolean => name === 'Document' || name === 'Folder';

/** What is called with the number of Placemarks and of positions so far, and may refuse it. */
export interface KmlLimits {
  placemarks(count: number): void;
  positions(count: number): void;
}

/** Elements that may stand inside each other: folders, collections and markup in texts together. */
const DEEPEST = 500;

/** What a KML document holds of features, gathered while its elements pass by. */
export class KmlDocument {
  readonly layers: KmlLayer[] = [];
  /** Pictures on the ground whose box is turned. */
  turned = 0;
  readonly #schemas = new Map<string, Fields>();
  readonly #path: string[] = [];
  readonly #containers: KmlLayer[] = [];
  readonly #geometries: KmlGeometries;
  readonly #limits: KmlLimits;
  #placemarks = 0;
  #placemark: Placemark | undefined;
  #fields: Fields = new Map();
  #values = new Map<string, string>();
  #dataName = '';
  #text = '';
  /** Depth of the element whose markup is kept as text; 0 outside of such. */
  #markup = 0;
  #isKml = false;

  constructor(limits: KmlLimits) {
    this.#limits = limits;
    this.#geometries = new KmlGeometries((positions) => limits.positions(positions));
  }

  /** @throws Error where the text is not well-formed XML, or another document than KML. */
  read(text: string): void {
    const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
    parser.on('error', (cause) => {
      throw new FormatError(cause.message, { cause });
    });
    parser.on('opentag', (tag) => this.#open(tag));
    parser.on('closetag', (tag) => {
      if (this.#path.length > this.#markup && this.#markup > 0) this.#closeMarkup(tag);
      else this.#close(localName(tag.name));
    });
    parser.on('text', (part) => {
      this.#text += part;
    });
    parser.on('cdata', (part) => {
      this.#text += part;
    });
    parser.write(text).close();
    if (!this.#isKml) throw new FormatError('its elements are not KML.');
  }

  /** Types of the fields by name, of the schema that a reference such as `#id` names. */
  findFields(reference: string): ReadonlyMap<string, string> {
    return this.#schemas.get(reference.replace(/^.*#/, '')) ?? new Map();
  }

  #open({ name: full, attributes, isSelfClosing }: SaxesTagPlain): void {
    const name = localName(full);
    this.#path.push(name);
    if (this.#path.length > DEEPEST)
      throw new FormatError(`its elements are nested more than ${DEEPEST} deep.`);
    if (this.#markup > 0) {
      const given = Object.entries(attributes).map(
        ([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`,
      );
      this.#text += `<${full}${given.join('')}${isSelfClosing ? '/' : ''}>`;
      return;
    }
    if (this.#placemark && isText(name, this.#path.at(-2) ?? '')) this.#markup = this.#path.length;
    this.#text = '';
    if (this.#placemark) this.#openInPlacemark(name, attributes);
    else if (isContainer(name)) this.#openContainer();
    else if (name === 'Schema') {
      this.#fields = new Map();
      for (const key of [attributes['id'], attributes['name']]) if (key) this.#schemas.set(key, this.#fields);
    } else if (name === 'SimpleField') {
      this.#fields.set(attributes['name'] ?? '', (attributes['type'] ?? 'string').replace(/^xsd:/, ''));
    } else if (isFeature(name)) {
      this.#isKml = true;
      this.#limits.placemarks(++this.#placemarks);
      const { id } = attributes;
      this.#placemark = { id, geometry: undefined, members: {}, data: {}, typed: new Map() };
      // A Placemark may stand alone, without a Document around it.
      if (this.#containers.length === 0) this.#openContainer();
      requirePresent(this.#containers.at(-1), 'The container').placemarks.push(this.#placemark);
    } else if (name === 'kml') this.#isKml = true;
  }

  #openContainer(): void {
    const container: KmlLayer = { name: undefined, placemarks: [] };
    this.#containers.push(container);
    this.layers.push(container);
  }

  #openInPlacemark(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'SchemaData') {
      this.#values = new Map();
      requirePresent(this.#placemark, 'The placemark').typed.set(attributes['schemaUrl'] ?? '', this.#values);
    } else if (name === 'Data' || name === 'SimpleData') this.#dataName = attributes['name'] ?? '';
    else this.#geometries.open(name);
  }

  /** An element inside of a text, such as a bold word of a description. */
  #closeMarkup({ name, isSelfClosing }: SaxesTagPlain): void {
    this.#path.pop();
    if (!isSelfClosing) this.#text += `</${name}>`;
  }

  #close(name: string): void {
    this.#markup = 0;
    this.#path.pop();
    const parent = this.#path.at(-1) ?? '';
    if (this.#placemark) this.#closeInPlacemark(name, parent, this.#placemark);
    else if (isContainer(name)) this.#containers.pop();
    else if (name === 'name' && isContainer(parent))
      requirePresent(this.#containers.at(-1), 'The container').name = this.#text.trim();
    this.#text = '';
  }

  #closeInPlacemark(name: string, parent: string, placemark: Placemark): void {
    const member = Object.hasOwn(memberNames, name) ? memberNames[name] : undefined;
    if (isFeature(name)) this.#placemark = undefined;
    else if (name === 'SimpleData') this.#values.set(this.#dataName, this.#text);
    else if (name === 'value' && parent === 'Data') setProperty(placemark.data, this.#dataName, this.#text);
    else if (member && /^(?:Placemark|GroundOverlay|TimeStamp|TimeSpan)$/.test(parent))
      placemark.members[member] = this.#text;
    else {
      if (name === 'rotation' && parent === 'LatLonBox' && Number(this.#text) !== 0) this.turned++;
      const geometry = this.#geometries.close(name, this.#text);
      if (geometry) placemark.geometry = geometry;
    }
  }
}

/** Prefixes are those of extensions such as `gx:`, or of the whole document. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
