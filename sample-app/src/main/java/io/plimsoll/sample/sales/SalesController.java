package io.plimsoll.sample.sales;

import io.plimsoll.timeout.Timeout;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sales")
@Timeout("1s")
class SalesController {

    private final Sales sales;

    SalesController(Sales sales) {
        this.sales = sales;
    }

    @GetMapping
    public List<ProductSales> best() {
        return sales.best();
    }
}
