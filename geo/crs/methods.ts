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

const natural = { lat0: 8801, lon0: 8802, x0: 8806, y0: 8807 } as const;
const scaled = { lat0: 8801, lon0: 8802, scale: 8805, x0: 8806, y0: 8807 } as const;
const conic = { lat0: 8821, lon0: 8822, lat1: 8823, lat2: 8824, x0: 8826, y0: 8827 } as const;
const cylinder = { lat1: 8823, lon0: 8802, x0: 8806, y0: 8807 } as const;
const meridian = { lon0: 8802, x0: 8806, y0: 8807 } as const;
const oblique = { lat0: 8811, lon0: 8812, azimuth: 8813, rotation: 8814, scale: 8815 } as const;
const krovak = {
  lat0: 8811,
  lon0: 8833,
  azimuth: 1036,
  lat1: 8818,
  scale: 8819,
  x0: 8806,
  y0: 8807,
} as const;
const inProj = { lon0: 'lon_0', x0: 'x_0', y0: 'y_0' } as const;
const points = {
  lat1: 'Latitude of 1st point',
  lon1: 'Longitude of 1st point',
  lat2: 'Latitude of 2nd point',
  lon2: 'Longitude of 2nd point',
  x0: 8806,
  y0: 8807,
} as const;
const satellite = { lon0: 8802, height: 'Satellite Height', x0: 8806, y0: 8807 } as const;
const centre = { lon0: 'Longitude_Of_Center', lat0: 'Latitude_Of_Center' } as const;

/** The methods by names and codes; of several with the same projection the first is that of other tables. */
export const methods: readonly Method[] = [
  {
    name: 'Transverse Mercator',
    code: 9807,
    proj: 'tmerc',
    takes: scaled,
    wkt1: ['Transverse_Mercator', 'Gauss_Kruger', 'Transverse_Mercator_Complex', 'Gauss_Boaga'],
    geotiff: 1,
  },
  {
    name: 'Transverse Mercator (South Orientated)',
    code: 9808,
    proj: 'tmerc',
    flags: '+axis=wsu',
    takes: scaled,
    wkt1: ['Transverse_Mercator_South_Orientated', 'Transverse_Mercator_South_Oriented'],
    geotiff: 27,
  },
  { name: 'Transverse Mercator 3D', code: 1111, proj: 'tmerc', takes: scaled, wkt1: [] },
  {
    name: 'Lambert Conic Conformal (2SP)',
    code: 9802,
    proj: 'lcc',
    takes: conic,
    wkt1: ['Lambert_Conformal_Conic', 'Lambert_Conformal_Conic_2SP'],
    geotiff: 8,
  },
  {
    name: 'Lambert Conic Conformal (1SP)',
    code: 9801,
    proj: 'lcc',
    takes: scaled,
    wkt1: ['Lambert_Conformal_Conic', 'Lambert_Conformal_Conic_1SP'],
    geotiff: 9,
  },
  {
    name: 'Lambert Conic Conformal (2SP Belgium)',
    code: 9803,
    proj: 'lcc',
    takes: conic,
    wkt1: ['Lambert_Conformal_Conic', 'Lambert_Conformal_Conic_2SP_Belgium'],
  },
  {
    name: 'Lambert Conic Conformal (2SP Michigan)',
    code: 1051,
    proj: 'lcc',
    takes: { ...conic, ellipsoidScale: 1038 },
    wkt1: ['Lambert_Conformal_Conic', 'Lambert_Conformal_Conic_2SP_Michigan'],
    esri: { ellipsoidScale: 'Scale_Factor' },
  },
  {
    name: 'Lambert Conic Conformal (1SP variant B)',
    code: 1102,
    proj: 'lcc',
    takes: { conversionLat0: 8801, scale: 8805, lat0: 8821, lon0: 8822, x0: 8826, y0: 8827 },
    wkt1: [],
  },
  {
    name: 'Albers Equal Area',
    code: 9822,
    proj: 'aea',
    takes: conic,
    wkt1: ['Albers', 'Albers_Conic_Equal_Area'],
    geotiff: 11,
  },
  {
    name: 'Mercator (variant A)',
    code: 9804,
    proj: 'merc',
    takes: scaled,
    wkt1: ['Mercator', 'Mercator_1SP', 'Mercator_Variant_A', 'Mercator (1SP) (Spherical)'],
    geotiff: 7,
  },
  {
    name: 'Mercator (variant B)',
    code: 9805,
    proj: 'merc',
    takes: cylinder,
    wkt1: ['Mercator', 'Mercator_2SP'],
  },
  {
    name: 'Popular Visualisation Pseudo Mercator',
    code: 1024,
    proj: 'merc',
    onSphere: 'equatorial',
    takes: natural,
    wkt1: ['Mercator_Auxiliary_Sphere', 'Popular_Visualisation_Pseudo_Mercator'],
    esri: { lat0: 'Standard_Parallel_1' },
  },
  {
    name: 'Lambert Azimuthal Equal Area',
    code: 9820,
    proj: 'laea',
    takes: natural,
    wkt1: ['Lambert_Azimuthal_Equal_Area'],
    geotiff: 10,
  },
  {
    name: 'Lambert Azimuthal Equal Area (Spherical)',
    code: 1027,
    proj: 'laea',
    onSphere: 'authalic',
    takes: natural,
    wkt1: ['Lambert_Azimuthal_Equal_Area'],
  },
  {
    name: 'Azimuthal Equidistant',
    code: 1125,
    proj: 'aeqd',
    takes: natural,
    wkt1: ['Azimuthal_Equidistant'],
    geotiff: 12,
  },
  { name: 'Modified Azimuthal Equidistant', code: 9832, proj: 'aeqd', takes: natural, wkt1: [] },
  {
    name: 'Polar Stereographic (variant A)',
    code: 9810,
    proj: 'stere',
    takes: scaled,
    wkt1: ['Polar_Stereographic_Variant_A', 'Polar_Stereographic'],
    esri: { lon0: 'Longitude_Of_Origin' },
    geotiff: 15,
  },
  {
    name: 'Polar Stereographic (variant B)',
    code: 9829,
    proj: 'stere',
    takes: { lat1: 8832, lon0: 8833, x0: 8806, y0: 8807 },
    wkt1: ['Stereographic_North_Pole', 'Stereographic_South_Pole', 'Polar_Stereographic_Variant_B'],
  },
  { name: 'Stereographic', proj: 'stere', takes: scaled, wkt1: ['Stereographic'], geotiff: 14 },
  {
    name: 'Oblique Stereographic',
    code: 9809,
    proj: 'sterea',
    takes: scaled,
    wkt1: ['Double_Stereographic', 'Oblique_Stereographic'],
    geotiff: 16,
  },
  {
    name: 'Hotine Oblique Mercator (variant A)',
    code: 9812,
    proj: 'omerc',
    flags: '+no_uoff',
    takes: { ...oblique, x0: 8806, y0: 8807 },
    wkt1: [
      'Rectified_Skew_Orthomorphic_Natural_Origin',
      'Hotine_Oblique_Mercator_Azimuth_Natural_Origin',
      'Hotine_Oblique_Mercator',
    ],
    esri: centre,
    geotiff: 3,
  },
  {
    name: 'Hotine Oblique Mercator (variant B)',
    code: 9815,
    proj: 'omerc',
    takes: { ...oblique, x0: 8816, y0: 8817 },
    wkt1: [
      'Rectified_Skew_Orthomorphic_Center',
      'Hotine_Oblique_Mercator_Azimuth_Center',
      'Oblique_Mercator',
    ],
    esri: centre,
    geotiff: 9815,
  },
  {
    name: 'Krovak',
    code: 9819,
    proj: 'krovak',
    flags: '+axis=swu',
    takes: krovak,
    wkt1: ['Krovak'],
  },
  { name: 'Krovak (North Orientated)', code: 1041, proj: 'krovak', takes: krovak, wkt1: ['Krovak'] },
  {
    name: 'Krovak Modified',
    code: 1042,
    proj: 'mod_krovak',
    flags: '+axis=swu',
    takes: krovak,
    wkt1: [],
  },
  { name: 'Krovak Modified (North Orientated)', code: 1043, proj: 'mod_krovak', takes: krovak, wkt1: [] },
  {
    name: 'Cassini-Soldner',
    code: 9806,
    proj: 'cass',
    takes: natural,
    wkt1: ['Cassini', 'Cassini_Soldner'],
    geotiff: 18,
  },
  {
    name: 'American Polyconic',
    code: 9818,
    proj: 'poly',
    takes: natural,
    wkt1: ['Polyconic'],
    geotiff: 22,
  },
  {
    name: 'New Zealand Map Grid',
    code: 9811,
    proj: 'nzmg',
    takes: natural,
    wkt1: ['New_Zealand_Map_Grid'],
    esri: { lon0: 'Longitude_Of_Origin' },
    geotiff: 26,
  },
  {
    name: 'Lambert Cylindrical Equal Area',
    code: 9835,
    proj: 'cea',
    takes: cylinder,
    wkt1: ['Cylindrical_Equal_Area'],
    geotiff: 28,
  },
  {
    name: 'Lambert Cylindrical Equal Area (Spherical)',
    code: 9834,
    proj: 'cea',
    onSphere: 'authalic',
    takes: cylinder,
    wkt1: [],
  },
  { name: 'Equal Earth', code: 1078, proj: 'eqearth', takes: meridian, wkt1: ['Equal_Earth'] },
  { name: 'Sinusoidal', proj: 'sinu', takes: meridian, wkt1: ['Sinusoidal'], geotiff: 24 },
  { name: 'Mollweide', proj: 'moll', takes: meridian, wkt1: ['Mollweide'] },
  { name: 'Robinson', proj: 'robin', takes: meridian, wkt1: ['Robinson'], geotiff: 23 },
  { name: 'Eckert VI', proj: 'eck6', takes: meridian, wkt1: ['Eckert_VI'] },
  {
    name: 'Miller Cylindrical',
    proj: 'mill',
    onSphere: 'authalic',
    takes: meridian,
    wkt1: ['Miller_Cylindrical'],
    geotiff: 20,
  },
  {
    name: 'Van Der Grinten',
    proj: 'vandg',
    onSphere: 'authalic',
    takes: meridian,
    wkt1: ['Van_der_Grinten_I', 'VanDerGrinten'],
    geotiff: 25,
  },
  {
    name: 'Equidistant Conic',
    code: 1119,
    proj: 'eqdc',
    takes: conic,
    wkt1: ['Equidistant_Conic'],
    geotiff: 13,
  },
  {
    name: 'Equidistant Cylindrical (Spherical)',
    code: 1029,
    proj: 'eqc',
    takes: cylinder,
    wkt1: ['Equidistant_Cylindrical', 'Plate_Carree', 'Equirectangular'],
    geotiff: 17,
  },
  {
    name: 'Equidistant Cylindrical',
    code: 1028,
    proj: 'eqc',
    takes: cylinder,
    wkt1: ['Equidistant_Cylindrical_Ellipsoidal'],
  },
  {
    name: 'Orthographic',
    code: 9840,
    proj: 'ortho',
    takes: natural,
    wkt1: ['Orthographic'],
    esri: centre,
    geotiff: 21,
  },
  {
    name: 'Orthographic (Spherical)',
    proj: 'ortho',
    onSphere: 'ofAxis',
    takes: natural,
    wkt1: ['Orthographic'],
    esri: centre,
  },
  {
    name: 'Local Orthographic',
    code: 1130,
    proj: 'ortho',
    takes: { lat0: 8811, lon0: 8812, azimuth: 8813, scale: 8815, x0: 8816, y0: 8817 },
    wkt1: ['Local'],
    esri: centre,
  },
  { name: 'Gnomonic', proj: 'gnom', takes: natural, wkt1: ['Gnomonic'], esri: centre, geotiff: 19 },
  {
    name: 'Vertical Perspective',
    code: 9838,
    proj: 'nsper',
    takes: { lat0: 8834, lon0: 8835, height: 8840, x0: 8806, y0: 8807 },
    wkt1: ['Vertical_Near_Side_Perspective'],
    esri: centre,
  },
  {
    name: 'Geostationary Satellite (Sweep Y)',
    proj: 'geos',
    takes: satellite,
    wkt1: ['Geostationary_Satellite'],
  },
  {
    name: 'Geostationary Satellite (Sweep X)',
    proj: 'geos',
    flags: '+sweep=x',
    takes: satellite,
    wkt1: [],
  },
  {
    name: 'Bonne',
    code: 9827,
    proj: 'bonne',
    takes: natural,
    wkt1: ['Bonne'],
    esri: { lat0: 'Standard_Parallel_1' },
  },
  {
    name: 'Colombia Urban',
    code: 1052,
    proj: 'col_urban',
    takes: { ...natural, planeHeight: 1039 },
    wkt1: ['IGAC_Plano_Cartesiano'],
    esri: { ...centre, planeHeight: 'Height' },
  },
  {
    name: 'Laborde Oblique Mercator',
    code: 9813,
    proj: 'labrd',
    takes: { lat0: 8811, lon0: 8812, azimuth: 8813, scale: 8815, x0: 8806, y0: 8807 },
    wkt1: ['Laborde_Oblique_Mercator'],
    esri: centre,
  },
  {
    name: 'Two Point Equidistant',
    proj: 'tpeqd',
    takes: points,
    wkt1: ['Two_Point_Equidistant'],
    esri: { lat1: 'Latitude_Of_1st_Point', lat2: 'Latitude_Of_2nd_Point' },
  },
  { name: 'Eckert I', proj: 'eck1', takes: meridian, wkt1: ['Eckert_I'] },
  { name: 'Eckert II', proj: 'eck2', takes: meridian, wkt1: ['Eckert_II'] },
  { name: 'Eckert III', proj: 'eck3', takes: meridian, wkt1: ['Eckert_III'] },
  { name: 'Eckert IV', proj: 'eck4', takes: meridian, wkt1: ['Eckert_IV'] },
  { name: 'Eckert V', proj: 'eck5', takes: meridian, wkt1: ['Eckert_V'] },
  { name: 'Gall Stereographic', proj: 'gall', takes: meridian, wkt1: ['Gall_Stereographic'] },
  { name: 'Winkel I', proj: 'wink1', takes: cylinder, wkt1: ['Winkel_I'] },
  { name: 'Winkel II', proj: 'wink2', takes: cylinder, wkt1: ['Winkel_II'] },
  { name: 'Winkel Tripel', proj: 'wintri', takes: cylinder, wkt1: ['Winkel_Tripel'] },
  { name: 'Aitoff', proj: 'aitoff', takes: meridian, wkt1: ['Aitoff'] },
  { name: 'PROJ hammer', proj: 'hammer', takes: inProj, wkt1: ['Hammer_Aitoff'] },
  { name: 'Wagner I', proj: 'wag1', takes: meridian, wkt1: [] },
  { name: 'Wagner II', proj: 'wag2', takes: meridian, wkt1: [] },
  {
    name: 'Wagner III',
    proj: 'wag3',
    takes: { ...cylinder, lat1: 'Latitude of true scale' },
    wkt1: [],
  },
  { name: 'Wagner IV', proj: 'wag4', takes: meridian, wkt1: ['Wagner_IV'] },
  { name: 'Wagner V', proj: 'wag5', takes: meridian, wkt1: ['Wagner_V'] },
  { name: 'Wagner VI', proj: 'wag6', takes: meridian, wkt1: [] },
  { name: 'Wagner VII', proj: 'wag7', takes: meridian, wkt1: ['Wagner_VII'] },
  { name: 'PROJ kav5', proj: 'kav5', takes: inProj, wkt1: [] },
  { name: 'PROJ kav7', proj: 'kav7', takes: inProj, wkt1: [] },
  { name: 'Quartic Authalic', proj: 'qua_aut', takes: meridian, wkt1: ['Quartic_Authalic'] },
  {
    name: 'Loximuthal',
    proj: 'loxim',
    takes: natural,
    wkt1: ['Loximuthal'],
    esri: { lat0: 'Central_Parallel' },
  },
  { name: 'Flat Polar Quartic', proj: 'mbtfpq', takes: meridian, wkt1: ['Flat_Polar_Quartic'] },
  { name: 'Craster Parabolic', proj: 'crast', takes: meridian, wkt1: ['Craster_Parabolic'] },
  { name: 'Times', proj: 'times', takes: meridian, wkt1: ['Times'] },
  { name: 'Natural Earth', proj: 'natearth', takes: meridian, wkt1: ['Natural_Earth'] },
  { name: 'Natural Earth II', proj: 'natearth2', takes: meridian, wkt1: ['Natural_Earth_II'] },
  { name: 'Patterson', proj: 'patterson', takes: meridian, wkt1: ['Patterson'] },
  { name: 'Compact Miller', proj: 'comill', takes: meridian, wkt1: ['Compact_Miller'] },
  { name: 'Goode Homolosine', proj: 'goode', takes: meridian, wkt1: ['Goode_Homolosine'] },
  {
    name: 'Interrupted Goode Homolosine',
    proj: 'igh',
    takes: meridian,
    wkt1: ['Goode_Homolosine', 'Interrupted_Goode_Homolosine'],
  },
  {
    name: 'Interrupted Goode Homolosine Ocean',
    proj: 'igh_o',
    takes: meridian,
    wkt1: ['Goode_Homolosine', 'Interrupted_Goode_Homolosine_Ocean'],
  },
];
