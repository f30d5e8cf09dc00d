import 'ol/ol.css';
import './map.css';
import { AttributeTableElement } from './elements/attribute-table-element.ts';
import { DrawGeometryElement } from './elements/draw-geometry-element.ts';
import { LayerPreviewElement } from './elements/layer-preview-element.ts';
import { ResultChartElement } from './elements/result-chart-element.ts';
import { ResultMapElement } from './elements/result-map-element.ts';

customElements.define('result-map', ResultMapElement);
customElements.define('attribute-table', AttributeTableElement);
customElements.define('result-chart', ResultChartElement);
customElements.define('draw-geometry', DrawGeometryElement);
customElements.define('layer-preview', LayerPreviewElement);
