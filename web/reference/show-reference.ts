import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';

/** Shows all operations with their schemas and examples, which can be run there. @param definition address of the API definition */
export function showReference(place: HTMLElement, definition: string): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
  dark.addEventListener('change', follow);
  follow();
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
