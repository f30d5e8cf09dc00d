import { defineProcess, optional, raster, rasterOutput } from '../../core/processes/define.ts';
import { crs, positiveLength } from '../../core/processes/schemas.ts';
import { partsOfPixels } from '../common/parts.ts';
import { elevation, landCover } from '../common/raster-examples.ts';
import { nodataOfCopied, resampling } from '../common/raster-inputs.ts';

export default defineProcess({
  id: 'reproject-raster',
  version: '1.0.0',
  title: 'Reproject raster',
  description: 'Warps a raster to another CRS or pixel size.',
  keywords: ['raster', 'coordinate reference system', 'warp', 'resampling'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster', reads: 'bands' }),
    targetCrs: optional(crs(), {
      title: 'Output CRS',
      description: 'By default the CRS of the raster, which is then only resampled.',
    }),
    resolution: optional(positiveLength(), {
      title: 'Pixel size',
      unit: 'crs',
      description: 'In units of the output CRS. By default about the resolution of the raster.',
    }),
    resampling,
    nodata: nodataOfCopied,
  },
  outputs: {
    result: rasterOutput({
      title: 'Reprojected raster',
      description:
        'On the grid that gdalwarp suggests: the whole raster, with square pixels. Rows that cannot be represented in the output CRS, such as those around the poles in Web Mercator, are left out. The data type is that of the raster.',
    }),
  },
  parts: partsOfPixels,
  examples: [
    {
      title: 'Elevation in longitude and latitude',
      request: {
        inputs: {
          raster: elevation,
          targetCrs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
          resampling: 'bilinear',
        },
      },
    },
    {
      title: 'Land cover at a coarser resolution in the Dutch national grid',
      request: {
        inputs: { raster: landCover, targetCrs: 'EPSG:28992', resolution: 100, resampling: 'mode' },
      },
    },
  ],
});
