import { runs } from './runs/raster.ts';
import { serve } from './threads/serve.ts';

serve(runs);
