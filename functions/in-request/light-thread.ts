import { runs } from '../worker/runs/light.ts';
import { serve } from '../worker/threads/serve.ts';

serve(runs);
