import { runs } from '../../../processes/workers/raster.ts';
import { serve } from './threads/serve.ts';

serve(runs);
