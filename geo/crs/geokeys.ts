/** Numbers of the GeoKeys (OGC 19-008r4) that say what CRS a raster is in. */
export const geoKeys = {
  modelType: 1024,
  citation: 1026,
  geographic: 2048,
  geographicCitation: 2049,
  datum: 2050,
  meridian: 2051,
  angularUnit: 2054,
  angularUnitSize: 2055,
  ellipsoid: 2056,
  axis: 2057,
  otherAxis: 2058,
  inverseFlattening: 2059,
  meridianLongitude: 2061,
  projected: 3072,
  projectedCitation: 3073,
  projection: 3074,
  method: 3075,
  linearUnit: 3076,
  linearUnitSize: 3077,
} as const;

/** Keys of the parameters of projections, by their part in the formulas; the first is written. */
export const parameterKeys = {
  lat1: [3078],
  lat2: [3079],
  lon0: [3080, 3084, 3088, 3095],
  lat0: [3081, 3085, 3089],
  x0: [3082, 3086, 3090],
  y0: [3083, 3087, 3091],
  scale: [3092, 3093],
  azimuth: [3094],
  rotation: [3096],
} as const;

export const USER_DEFINED = 32_767;
export const modelTypes = { projected: 1, geographic: 2 } as const;

/** How a citation begins that holds the CRS as well-known text in the dialect of ESRI. */
export const ESRI_TEXT = 'ESRI PE String = ';

/** Units of length by their codes in the EPSG register: name and metres. */
export const linearUnits: Readonly<Record<number, readonly [name: string, metres: number]>> = {
  9001: ['metre', 1],
  9002: ['foot', 0.3048],
  9003: ['US survey foot', 1200 / 3937],
  9004: ['modified American foot', 0.304812252984506],
  9005: ["Clarke's foot", 0.3047972654],
  9006: ['Indian foot (Clarke)', 0.304799514173691],
  9007: ['link', 0.201168],
  9008: ['link (Benoit)', 0.20116782494376],
  9009: ['link (Sears)', 0.2011676512155],
  9010: ['chain (Benoit)', 20.116782494376],
  9011: ['chain (Sears)', 20.11676512155],
  9012: ['yard (Sears)', 0.914398414616],
  9013: ['yard (Indian)', 0.914398541],
  9014: ['fathom', 1.8288],
  9015: ['nautical mile', 1852],
  9036: ['kilometre', 1000],
  9037: ["Clarke's yard", 0.9143917962],
  9096: ['yard', 0.9144],
};

/** Units of angles by their codes, in degrees. */
export const angularUnits: Readonly<Record<number, number>> = {
  9101: 180 / Math.PI,
  9102: 1,
  9103: 1 / 60,
  9104: 1 / 3600,
  9105: 0.9,
  9106: 0.9,
  9109: (180 / Math.PI) * 1e-6,
  9122: 1,
};

/** Ellipsoids by their codes: name, semi-major axis in metres, inverse flattening. */
export const ellipsoids: Readonly<Record<number, readonly [name: string, axis: number, flattening: number]>> =
  {
    7001: ['Airy 1830', 6377563.396, 299.3249646],
    7002: ['Airy Modified 1849', 6377340.189, 299.3249646],
    7003: ['Australian National Spheroid', 6378160, 298.25],
    7004: ['Bessel 1841', 6377397.155, 299.1528128],
    7008: ['Clarke 1866', 6378206.4, 294.978698213898],
    7012: ['Clarke 1880 (RGS)', 6378249.145, 293.465],
    7015: ['Everest 1830 (1937 Adjustment)', 6377276.345, 300.8017],
    7019: ['GRS 1980', 6378137, 298.257222101],
    7022: ['International 1924', 6378388, 297],
    7024: ['Krassowsky 1940', 6378245, 298.3],
    7030: ['WGS 84', 6378137, 298.257223563],
    7035: ['Sphere', 6371000, 0],
    7036: ['GRS 1967', 6378160, 298.247167427],
    7043: ['WGS 72', 6378135, 298.26],
    7048: ['GRS 1980 Authalic Sphere', 6371007, 0],
    7052: ['Clarke 1866 Authalic Sphere', 6370997, 0],
  };
