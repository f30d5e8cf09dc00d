import { runs } from './runs/light.ts';
import { serve } from './threads/serve.ts';

serve(runs);
