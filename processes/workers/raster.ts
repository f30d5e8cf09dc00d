// Generated from the folders beside it by "npm run generate".
export const runs = {
};
