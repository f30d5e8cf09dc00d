import { runs } from './runs/vector.ts';
import { serve } from './threads/serve.ts';

serve(runs);
