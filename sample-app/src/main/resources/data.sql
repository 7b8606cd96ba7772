-- A restart finds the stock as it left it.
INSERT INTO products (id, name, price, stock) VALUES
    (1, 'Ship in a bottle', 24.90, 1000),
    (2, 'Brass compass', 39.00, 500),
    (3, 'Signal flag set', 15.50, 2000),
    (4, 'Enamel mug', 9.80, 5000),
    (5, 'Sextant, used', 480.00, 3)
ON CONFLICT (id) DO NOTHING;
