/* The parameters that several methods take, with their codes in the EPSG register. */

export const natural = { lat0: 8801, lon0: 8802, x0: 8806, y0: 8807 } as const;
export const scaled = { lat0: 8801, lon0: 8802, scale: 8805, x0: 8806, y0: 8807 } as const;
export const conic = { lat0: 8821, lon0: 8822, lat1: 8823, lat2: 8824, x0: 8826, y0: 8827 } as const;
export const cylinder = { lat1: 8823, lon0: 8802, x0: 8806, y0: 8807 } as const;
export const meridian = { lon0: 8802, x0: 8806, y0: 8807 } as const;
export const oblique = { lat0: 8811, lon0: 8812, azimuth: 8813, rotation: 8814, scale: 8815 } as const;
export const krovak = {
  lat0: 8811,
  lon0: 8833,
  azimuth: 1036,
  lat1: 8818,
  scale: 8819,
  x0: 8806,
  y0: 8807,
} as const;
export const inProj = { lon0: 'lon_0', x0: 'x_0', y0: 'y_0' } as const;
export const points = {
  lat1: 'Latitude of 1st point',
  lon1: 'Longitude of 1st point',
  lat2: 'Latitude of 2nd point',
  lon2: 'Longitude of 2nd point',
  x0: 8806,
  y0: 8807,
} as const;
export const satellite = { lon0: 8802, height: 'Satellite Height', x0: 8806, y0: 8807 } as const;
export const centre = { lon0: 'Longitude_Of_Center', lat0: 'Latitude_Of_Center' } as const;
