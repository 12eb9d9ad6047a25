// Shows the description of the routes that stands beside the page.
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#routes",
  deepLinking: true,
  validatorUrl: null, // it would send the description to a service of others
  presets: [SwaggerUIBundle.presets.apis],
});
