import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';

/** Shows all operations with their schemas and examples, which can be run there. @param definition address of the API definition */
export function showReference(place: HTMLElement, definition: string): void {
  document.documentElement.classList.toggle('dark-mode', matchMedia('(prefers-color-scheme: dark)').matches);
  SwaggerUI({
    domNode: place,
    url: definition,
    docExpansion: 'none',
    defaultModelsExpandDepth: -1,
    // Nothing is asked of others: neither to judge the definition nor to look at it.
    validatorUrl: null,
    tryItOutEnabled: true,
    deepLinking: false,
  });
}
