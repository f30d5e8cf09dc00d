declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  interface Options {
    readonly domNode: HTMLElement;
    readonly url: string;
    readonly docExpansion?: 'list' | 'full' | 'none';
    readonly defaultModelsExpandDepth?: number;
    readonly validatorUrl?: string | null;
    readonly tryItOutEnabled?: boolean;
    readonly deepLinking?: boolean;
  }
  export default function SwaggerUI(options: Options): void;
}
