export const searchCrs = async (_field: HTMLElement, _base: string): Promise<void> => {};
