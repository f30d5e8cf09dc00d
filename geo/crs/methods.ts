import { regionalMethods } from './regional-methods.ts';
import { worldMethods } from './world-methods.ts';

/**
 * Parameters of projections by their part in the formulas: many have several names in EPSG, PROJ, ESRI and GeoTIFF, but
 * no method takes two of the same part. Angles are degrees, lengths metres.
 */
export type Role =
  | 'lat0'
  | 'lon0'
  | 'lat1'
  | 'lat2'
  | 'scale'
  | 'x0'
  | 'y0'
  | 'azimuth'
  | 'rotation'
  | 'height'
  | 'ellipsoidScale'
  | 'conversionLat0'
  | 'xScale'
  | 'yScale'
  | 'lon1'
  | 'lon2'
  | 'planeHeight'
  | 'option';

export type RoleValues = Readonly<Partial<Record<Role, number>>>;

interface Parameter {
  readonly kind: 'angle' | 'length' | 'scale';
  /** What it is when a definition leaves it out. */
  readonly default: number;
  /** Its parameter of PROJ. */
  readonly proj: string;
}

export const parameters: Readonly<Record<Role, Parameter>> = {
  lat0: { kind: 'angle', default: 0, proj: 'lat_0' },
  lon0: { kind: 'angle', default: 0, proj: 'lon_0' },
  lat1: { kind: 'angle', default: 0, proj: 'lat_1' },
  lat2: { kind: 'angle', default: 0, proj: 'lat_2' },
  scale: { kind: 'scale', default: 1, proj: 'k_0' },
  x0: { kind: 'length', default: 0, proj: 'x_0' },
  y0: { kind: 'length', default: 0, proj: 'y_0' },
  azimuth: { kind: 'angle', default: 0, proj: 'alpha' },
  rotation: { kind: 'angle', default: 0, proj: 'gamma' },
  height: { kind: 'length', default: 0, proj: 'h' },
  ellipsoidScale: { kind: 'scale', default: 1, proj: '' },
  conversionLat0: { kind: 'angle', default: 0, proj: '' },
  xScale: { kind: 'scale', default: 1, proj: '' },
  yScale: { kind: 'scale', default: 1, proj: '' },
  lon1: { kind: 'angle', default: 0, proj: 'lon_1' },
  lon2: { kind: 'angle', default: 0, proj: 'lon_2' },
  planeHeight: { kind: 'length', default: 0, proj: 'h_0' },
  option: { kind: 'scale', default: 0, proj: '' },
};

/** Names of the parameters in the EPSG register by their codes. */
export const parameterNames: Readonly<Record<number, string>> = {
  1036: 'Co-latitude of cone axis',
  1038: 'Ellipsoid scaling factor',
  1039: 'Projection plane origin height',
  8801: 'Latitude of natural origin',
  8802: 'Longitude of natural origin',
  8805: 'Scale factor at natural origin',
  8806: 'False easting',
  8807: 'False northing',
  8811: 'Latitude of projection centre',
  8812: 'Longitude of projection centre',
  8813: 'Azimuth at projection centre',
  8814: 'Angle from Rectified to Skew Grid',
  8815: 'Scale factor at projection centre',
  8816: 'Easting at projection centre',
  8817: 'Northing at projection centre',
  8818: 'Latitude of pseudo standard parallel',
  8819: 'Scale factor on pseudo standard parallel',
  8821: 'Latitude of false origin',
  8822: 'Longitude of false origin',
  8823: 'Latitude of 1st standard parallel',
  8824: 'Latitude of 2nd standard parallel',
  8826: 'Easting at false origin',
  8827: 'Northing at false origin',
  8832: 'Latitude of standard parallel',
  8833: 'Longitude of origin',
  8834: 'Latitude of topocentric origin',
  8835: 'Longitude of topocentric origin',
  8840: 'Viewpoint height',
};

/** A method of projection that is computed here as by PROJ. */
export interface Method {
  /** Name in the EPSG register, or in PROJ where that has none. */
  readonly name: string;
  /** Code in the EPSG register; absent where it has none. */
  readonly code?: number;
  /** Projection of proj4, or one of projections/. */
  readonly proj: string;
  /**
   * The sphere whose formulas are taken for longitudes and latitudes on any ellipsoid: that with its surface, or that with its
   * semi-major axis, without a shift of the datum for `equatorial`.
   */
  readonly onSphere?: 'equatorial' | 'authalic' | 'ofAxis';
  /** What is added to its definition. */
  readonly flags?: string;
  /** The parameters with their codes in the EPSG register; with their names where they have none there. */
  readonly takes: Readonly<Partial<Record<Role, number | string>>>;
  /** Its names in WKT1, of ESRI and of GDAL; the first is that of ESRI, to write. */
  readonly wkt1: readonly string[];
  /** Names of parameters in the dialect of ESRI where they are not the usual ones. */
  readonly esri?: Readonly<Partial<Record<Role, string>>>;
  /** Coordinate transformation code of GeoTIFF. */
  readonly geotiff?: number | undefined;
}

/** The methods by names and codes; of several with the same projection the first is that of other tables. */
export const methods: readonly Method[] = [...regionalMethods, ...worldMethods];
