CREATE TABLE IF NOT EXISTS products (
    id    bigint PRIMARY KEY,
    name  text NOT NULL,
    price numeric(10, 2) NOT NULL CHECK (price > 0),
    stock integer NOT NULL CHECK (stock >= 0)
);

CREATE TABLE IF NOT EXISTS orders (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_email text,
    total          numeric(14, 2) NOT NULL,
    placed_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS order_lines (
    order_id   bigint NOT NULL REFERENCES orders,
    product_id bigint NOT NULL REFERENCES products,
    quantity   integer NOT NULL CHECK (quantity > 0),
    unit_price numeric(10, 2) NOT NULL,
    PRIMARY KEY (order_id, product_id)
);

-- One payment an order, however often somebody clicks.
CREATE TABLE IF NOT EXISTS payments (
    order_id  bigint PRIMARY KEY REFERENCES orders,
    charge_id text NOT NULL,
    amount    numeric(14, 2) NOT NULL,
    paid_at   timestamptz NOT NULL DEFAULT now()
);

-- What the stub of the payment gateway has charged.
CREATE TABLE IF NOT EXISTS stub_charges (
    idempotency_key text PRIMARY KEY,
    charge_id       text NOT NULL,
    reference       text NOT NULL,
    amount          numeric(14, 2) NOT NULL
);

-- What was sold, counted from the events of orders.
CREATE TABLE IF NOT EXISTS product_sales (
    product_id bigint PRIMARY KEY,
    sold       bigint NOT NULL
);

-- What the stub of the mail server has sent.
CREATE TABLE IF NOT EXISTS stub_mails (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL,
    address  text NOT NULL,
    subject  text NOT NULL
);
