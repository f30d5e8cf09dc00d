import 'ol/ol.css';
import './map.css';
import { AttributeTableElement } from './elements/attribute-table-element.ts';
import { ResultMapElement } from './elements/result-map-element.ts';

customElements.define('result-map', ResultMapElement);
customElements.define('attribute-table', AttributeTableElement);
