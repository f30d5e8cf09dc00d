import { defaulted, defineProcess, optional, raster, rasterOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { partsOfPixels } from '../common/parts.ts';
import { elevation, landCover } from '../common/raster-examples.ts';
import { nodataOfCopied, outputTypeMeanings, outputTypeSchema } from '../common/raster-inputs.ts';

export default defineProcess({
  id: 'convert-raster',
  version: '1.0.0',
  title: 'Convert raster',
  description: 'Converts a raster to another format, data type or compression.',
  keywords: ['raster', 'format', 'GeoTIFF', 'COG', 'PNG', 'CoverageJSON'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster', reads: 'bands' }),
    outputType: optional(outputTypeSchema, {
      title: 'Output data type',
      description: `By default that of the raster. For integer types, values are rounded (halves up) and clamped to the range of the type. ${outputTypeMeanings}`,
    }),
    nodata: nodataOfCopied,
    compression: defaulted(enumeration(['deflate', 'lzw', 'zstd', 'none']), 'deflate', {
      title: 'Compression',
      description:
        'Lossless compression of GeoTIFF output. deflate: small files that all software reads. lzw: larger, for software that has no Deflate. zstd: smaller still, read by GDAL 2.3 and later. none: not compressed.',
    }),
  },
  outputs: {
    result: rasterOutput({
      title: 'Raster',
      description: 'All bands, on the same grid. Masks and alpha channels are kept.',
    }),
  },
  parts: partsOfPixels,
  examples: [
    {
      title: 'Elevation as whole metres',
      request: { inputs: { raster: elevation, outputType: 'int16', compression: 'zstd' } },
    },
    {
      title: 'Land cover as CoverageJSON',
      request: {
        inputs: { raster: landCover },
        outputs: { result: { format: { mediaType: MediaType.coverageJson } } },
      },
    },
  ],
});
