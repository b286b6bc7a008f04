MATCH path = (:Method|Model {name: 'DeepThing'})-[link]-(neighbour)
RETURN path
ORDER BY type(link), neighbour.name
LIMIT 200
