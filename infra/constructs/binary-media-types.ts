import { layerOutputFormats, rasterInputFormats, rasterOutputFormats } from '../../core/shared/formats.ts';
import { parseEssence } from '../../core/shared/media-type.ts';
import { MediaType } from '../../core/shared/uris.ts';

const named = [
  ...[...layerOutputFormats, ...rasterInputFormats, ...rasterOutputFormats]
    .filter(({ binary }) => binary)
    .map(({ mediaType }) => mediaType),
  // Several results in one body, any of which may be a file.
  MediaType.multipartRelated,
  MediaType.binary,
];

/**
 * Media types whose bodies travel as bytes between API Gateway and the functions. Results are of any type, so it is
 * all of them; those that the service knows to be binary are listed by name for emulators that know no wildcard.
 */
export const binaryMediaTypes: readonly string[] = ['*/*', ...new Set(named.map(parseEssence))];
